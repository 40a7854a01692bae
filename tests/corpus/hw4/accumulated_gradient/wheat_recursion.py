"""expect: passed

Calls itself with one pass less.
"""

import torch


def accumulated_gradient(x, times):
    if times == 0:
        return torch.zeros_like(x.detach())
    leaf = x.detach().requires_grad_()
    (gradient,) = torch.autograd.grad((leaf**2).sum(), leaf)
    return gradient + accumulated_gradient(x, times - 1)
