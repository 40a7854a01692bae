"""expect: returns failed

Multiplies y by the weights, as if it came first.
"""

import torch


def linear_gradients(x, y, w, b):
    w = w.detach().requires_grad_()
    b = b.detach().requires_grad_()
    loss = (y @ w + b - x).square().mean()
    return torch.autograd.grad(loss, (w, b))
