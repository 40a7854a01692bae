"""expect: device failed

Measures the squares from an origin that lives on the CPU.
"""

import torch


def sum_of_squares_gradient(x):
    leaf = x.detach().requires_grad_()
    origin = torch.zeros(x.shape, dtype=x.dtype)
    return torch.autograd.grad(((leaf - origin) ** 2).sum(), leaf)[0]
