"""expect: gradients untouched failed

Accumulates on the argument itself.
"""

import torch


def accumulated_gradient(x, times):
    x.requires_grad_()
    x.grad = torch.zeros_like(x)
    for _ in range(times):
        (x**2).sum().backward()
    return x.grad.clone()
