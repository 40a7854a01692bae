"""expect: values failed

Counts the exponents from 1 instead of 0.
"""

import torch


def polynomial_slope(coefficients, x):
    point = x.detach().requires_grad_()
    y = sum(c * point**i for i, c in enumerate(coefficients, start=1))
    return torch.autograd.grad(y, point)[0]
