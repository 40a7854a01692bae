"""expect: values failed

Clears the gradient before every pass, so that only the last one remains.
"""

import torch


def accumulated_gradient(x, times):
    leaf = x.detach().clone().requires_grad_()
    leaf.grad = torch.zeros_like(leaf)
    for _ in range(times):
        leaf.grad.zero_()
        (leaf**2).sum().backward()
    return leaf.grad
