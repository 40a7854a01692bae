"""expect: values failed

Approximates the slope by a difference quotient, which keeps only half of the digits.
"""

def polynomial_slope(coefficients, x):
    def polynomial(point):
        return sum(c * point**i for i, c in enumerate(coefficients))

    step = 1e-3
    x = x.detach()
    return (polynomial(x + step) - polynomial(x - step)) / (2 * step)
