"""expect: values failed

Puts the customary one half in front of the sum.
"""

import torch


def sum_of_squares_gradient(x):
    leaf = x.detach().requires_grad_()
    loss = (leaf**2).sum() / 2
    return torch.autograd.grad(loss, leaf)[0]
