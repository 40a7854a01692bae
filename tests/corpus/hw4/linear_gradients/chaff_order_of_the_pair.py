"""expect: shape failed

Returns the gradient of the bias first.
"""

import torch


def linear_gradients(x, y, w, b):
    w = w.detach().requires_grad_()
    b = b.detach().requires_grad_()
    loss = (x @ w + b - y).square().mean()
    return torch.autograd.grad(loss, (b, w))
