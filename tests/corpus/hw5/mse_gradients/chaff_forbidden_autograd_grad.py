"""expect: forbidden failed

Asks torch.autograd.grad.
"""

import torch


def mse_gradients(x, y, w, b):
    w = w.detach().clone().requires_grad_(True)
    b = b.detach().clone().requires_grad_(True)
    loss = ((x @ w + b - y) ** 2).mean()
    return torch.autograd.grad(loss, [w, b])
