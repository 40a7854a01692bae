"""expect: type failed

Adds the gradients up with sum, which is the number 0 when there are none.
"""

import torch


def accumulated_gradient(x, times):
    leaf = x.detach().requires_grad_()
    return sum(torch.autograd.grad((leaf**2).sum(), leaf)[0] for _ in range(times))
