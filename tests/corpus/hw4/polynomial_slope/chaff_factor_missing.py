"""expect: values failed

Lowers the power but forgets the exponent as a factor.
"""

import torch


def polynomial_slope(coefficients, x):
    x = x.detach()
    slope = torch.zeros_like(x)
    for i, c in enumerate(coefficients[1:]):
        slope = slope + c * x**i
    return slope
