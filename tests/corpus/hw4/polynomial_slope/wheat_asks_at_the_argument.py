"""expect: passed

Asks for the gradient at the argument itself, whose numbers and `grad` stay as they were.
"""

import torch


def polynomial_slope(coefficients, x):
    x.requires_grad_()
    y = sum(c * x**i for i, c in enumerate(coefficients)) + 0 * x
    return torch.autograd.grad(y, x)[0]
