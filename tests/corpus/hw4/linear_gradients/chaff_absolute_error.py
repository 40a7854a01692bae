"""expect: values failed

Differentiates the mean absolute error.
"""

import torch


def linear_gradients(x, y, w, b):
    w = w.detach().requires_grad_()
    b = b.detach().requires_grad_()
    loss = (x @ w + b - y).abs().mean()
    return torch.autograd.grad(loss, (w, b))
