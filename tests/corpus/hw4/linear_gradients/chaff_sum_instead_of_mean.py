"""expect: values failed

Sums the squared errors instead of taking their mean.
"""

import torch


def linear_gradients(x, y, w, b):
    w = w.detach().requires_grad_()
    b = b.detach().requires_grad_()
    loss = ((x @ w + b - y) ** 2).sum()
    return torch.autograd.grad(loss, (w, b))
