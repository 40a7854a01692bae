"""expect: passed

Builds the graph once and keeps it for every pass.
"""

import torch


def accumulated_gradient(x, times):
    leaf = x.detach().clone().requires_grad_()
    loss = (leaf**2).sum()
    for _ in range(times):
        loss.backward(retain_graph=True)
    return torch.zeros_like(leaf.detach()) if leaf.grad is None else leaf.grad
