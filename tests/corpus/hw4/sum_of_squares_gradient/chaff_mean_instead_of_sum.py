"""expect: values failed

Takes the mean of the squares instead of their sum.
"""

import torch


def sum_of_squares_gradient(x):
    leaf = x.detach().requires_grad_()
    return torch.autograd.grad((leaf**2).mean(), leaf)[0]
