"""expect: passed

Lets torch.func.grad differentiate a lambda.
"""

import torch


def sum_of_squares_gradient(x):
    return torch.func.grad(lambda v: (v * v).sum())(x.detach())
