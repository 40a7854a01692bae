"""expect: values failed

Lowers the power by dividing by x, which is not a number at x = 0.
"""

import torch


def polynomial_slope(coefficients, x):
    x = x.detach()
    slope = torch.zeros_like(x)
    for i, c in enumerate(coefficients):
        slope = slope + i * c * x**i / x
    return slope
