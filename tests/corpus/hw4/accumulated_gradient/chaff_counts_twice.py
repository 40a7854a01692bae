"""expect: values failed

Adds the gradient that already accumulates to a total after every pass.
"""

import torch


def accumulated_gradient(x, times):
    leaf = x.detach().clone().requires_grad_()
    total = torch.zeros_like(x.detach())
    for _ in range(times):
        (leaf**2).sum().backward()
        total += leaf.grad
    return total
