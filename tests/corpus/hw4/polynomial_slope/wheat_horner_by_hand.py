"""expect: passed

Differentiates the coefficients by hand and evaluates them with Horner's rule.
"""

import torch


def polynomial_slope(coefficients, x):
    x = x.detach()
    slope = torch.zeros_like(x)
    for i in range(len(coefficients) - 1, 0, -1):
        slope = slope * x + i * coefficients[i]
    return slope
