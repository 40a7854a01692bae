"""expect: shape failed

Returns the sum of squares instead of its gradient.
"""

def sum_of_squares_gradient(x):
    return (x.detach() ** 2).sum()
