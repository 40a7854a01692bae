"""expect: device failed

Returns zeros on the CPU when there was no pass.
"""

import torch


def accumulated_gradient(x, times):
    leaf = x.detach().clone().requires_grad_()
    for _ in range(times):
        (leaf**2).sum().backward()
    return leaf.grad if times > 0 else torch.zeros(x.shape, dtype=x.dtype)
