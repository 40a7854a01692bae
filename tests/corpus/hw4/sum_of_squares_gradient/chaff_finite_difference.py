"""expect: values failed

Approximates the gradient by difference quotients, which lose half of the digits.
"""

def sum_of_squares_gradient(x):
    step = 1e-3
    x = x.detach()
    return ((x + step) ** 2 - x**2) / step
