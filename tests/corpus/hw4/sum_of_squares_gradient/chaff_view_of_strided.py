"""expect: returns failed

Flattens with view, which does not work for a transposed argument.
"""

import torch


def sum_of_squares_gradient(x):
    leaf = x.detach().view(-1).requires_grad_()
    gradient = torch.autograd.grad((leaf**2).sum(), leaf)[0]
    return gradient.view(x.shape)
