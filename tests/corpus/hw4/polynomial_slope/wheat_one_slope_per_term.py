"""expect: passed

Differentiates each term on its own and adds the slopes up.
"""

import torch


def polynomial_slope(coefficients, x):
    total = torch.zeros_like(x, requires_grad=False)
    for i, c in enumerate(coefficients):
        point = x.detach().requires_grad_()
        total = total + torch.autograd.grad(c * point**i, point)[0]
    return total
