"""expect: passed

Asks for the gradient at the argument itself, whose numbers and `grad` stay as they were.
"""

import torch


def sum_of_squares_gradient(x):
    x.requires_grad_()
    return torch.autograd.grad(x.square().sum(), x)[0]
