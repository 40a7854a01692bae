"""expect: type failed

Prints the slope and returns nothing.
"""

import torch


def polynomial_slope(coefficients, x):
    point = x.detach().requires_grad_()
    y = sum(c * point**i for i, c in enumerate(coefficients))
    print(torch.autograd.grad(y, point)[0])
