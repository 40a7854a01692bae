"""expect: values failed

Returns the polynomial's value instead of its slope.
"""

def polynomial_slope(coefficients, x):
    x = x.detach()
    return sum(c * x**i for i, c in enumerate(coefficients))
