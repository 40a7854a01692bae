"""expect: values failed

Divides by the number of samples, which is right for one output only.
"""

import torch


def linear_gradients(x, y, w, b):
    w = w.detach().requires_grad_()
    b = b.detach().requires_grad_()
    loss = ((x @ w + b - y) ** 2).sum() / len(x)
    return torch.autograd.grad(loss, (w, b))
