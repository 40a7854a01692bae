"""expect: passed

Knows the answer.
"""

def sum_of_squares_gradient(x):
    return 2 * x
