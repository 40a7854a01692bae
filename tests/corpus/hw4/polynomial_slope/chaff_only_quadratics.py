"""expect: returns failed

Writes out the slope of a polynomial of degree 2 and fails for a shorter one.
"""

def polynomial_slope(coefficients, x):
    x = x.detach()
    return coefficients[1] + 2 * coefficients[2] * x
