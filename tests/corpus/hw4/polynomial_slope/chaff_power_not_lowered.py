"""expect: values failed

Brings the exponent down as a factor but does not lower the power.
"""

import torch


def polynomial_slope(coefficients, x):
    x = x.detach()
    slope = torch.zeros_like(x)
    for i, c in enumerate(coefficients):
        slope = slope + i * c * x**i
    return slope
