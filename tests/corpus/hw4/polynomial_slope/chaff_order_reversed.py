"""expect: values failed

Reads the coefficients from the highest power down.
"""

import torch


def polynomial_slope(coefficients, x):
    point = x.detach().requires_grad_()
    y = torch.zeros_like(point) * point
    for c in coefficients:
        y = y * point + c
    return torch.autograd.grad(y, point)[0]
