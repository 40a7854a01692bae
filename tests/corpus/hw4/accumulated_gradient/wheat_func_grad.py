"""expect: passed

Adds the same gradient to a running total in a while loop.
"""

import torch


def accumulated_gradient(x, times):
    x = x.detach()
    gradient = torch.func.grad(lambda v: (v**2).sum())(x)
    total = x * 0
    while times > 0:
        total = total + gradient
        times -= 1
    return total
