"""expect: values failed

Squares the sum instead of adding up the squares.
"""

import torch


def sum_of_squares_gradient(x):
    leaf = x.detach().requires_grad_()
    return torch.autograd.grad(leaf.sum() ** 2, leaf)[0]
