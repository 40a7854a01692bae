"""expect: forbidden failed

Calls an earlier answer of the same file, which uses autograd.
"""

import torch


def sum_of_squares_gradient(x):
    leaf = x.detach().requires_grad_()
    (gradient,) = torch.autograd.grad((leaf**2).sum(), leaf)
    return gradient


def mse_backward(prediction, target):
    return sum_of_squares_gradient(prediction - target) / prediction.numel()
