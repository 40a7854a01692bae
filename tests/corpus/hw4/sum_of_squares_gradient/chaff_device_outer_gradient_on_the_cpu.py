"""expect: device failed

Makes the outer gradient without the device of x.
"""

import torch


def sum_of_squares_gradient(x):
    leaf = x.detach().requires_grad_()
    ones = torch.ones(x.shape, dtype=x.dtype)
    return torch.autograd.grad(leaf**2, leaf, grad_outputs=ones)[0]
