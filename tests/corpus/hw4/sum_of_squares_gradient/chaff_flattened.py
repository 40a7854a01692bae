"""expect: shape failed

Flattens x and forgets to restore its shape.
"""

import torch


def sum_of_squares_gradient(x):
    leaf = x.detach().flatten().requires_grad_()
    return torch.autograd.grad(leaf @ leaf, leaf)[0]
