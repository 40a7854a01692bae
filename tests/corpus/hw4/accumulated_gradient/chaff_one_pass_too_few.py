"""expect: values failed

Starts counting at 1 and makes one pass too few.
"""

import torch


def accumulated_gradient(x, times):
    leaf = x.detach().clone().requires_grad_()
    leaf.grad = torch.zeros_like(leaf)
    for _ in range(1, times):
        (leaf**2).sum().backward()
    return leaf.grad
