"""expect: values failed

Forgets the factor 2.
"""

def sum_of_squares_gradient(x):
    return x.detach().clone()
