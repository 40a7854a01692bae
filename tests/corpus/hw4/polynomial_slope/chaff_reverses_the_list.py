"""expect: arguments unchanged failed

Reverses the caller's list in place for Horner's rule.
"""

import torch


def polynomial_slope(coefficients, x):
    point = x.detach().requires_grad_()
    coefficients.reverse()
    y = 0 * point
    for c in coefficients:
        y = y * point + c
    return torch.autograd.grad(y, point)[0]
