"""expect: returns failed

Goes through the same graph a second time without keeping it.
"""

import torch


def accumulated_gradient(x, times):
    leaf = x.detach().clone().requires_grad_()
    leaf.grad = torch.zeros_like(leaf)
    loss = (leaf**2).sum()
    for _ in range(times):
        loss.backward()
    return leaf.grad
