"""expect: type failed

Returns a dictionary instead of a pair.
"""

import torch


def linear_gradients(x, y, w, b):
    w = w.detach().requires_grad_()
    b = b.detach().requires_grad_()
    loss = (x @ w + b - y).square().mean()
    grad_w, grad_b = torch.autograd.grad(loss, (w, b))
    return {"w": grad_w, "b": grad_b}
