"""expect: passed

Hands the number of passes to backward as the outer gradient.
"""

import torch


def accumulated_gradient(x, times):
    leaf = x.detach().clone().requires_grad_()
    loss = (leaf**2).sum()
    loss.backward(gradient=torch.full_like(loss, times))
    return leaf.grad
