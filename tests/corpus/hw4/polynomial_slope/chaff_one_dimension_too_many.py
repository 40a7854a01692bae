"""expect: shape failed

Makes a vector with one element out of the scalar.
"""

import torch


def polynomial_slope(coefficients, x):
    point = x.detach().reshape(1).requires_grad_()
    y = sum(c * point**i for i, c in enumerate(coefficients))
    return torch.autograd.grad(y.sum(), point)[0]
