"""expect: values failed

Stops one term too early.
"""

import torch


def polynomial_slope(coefficients, x):
    x = x.detach()
    slope = torch.zeros_like(x)
    for i in range(1, len(coefficients) - 1):
        slope = slope + i * coefficients[i] * x ** (i - 1)
    return slope
