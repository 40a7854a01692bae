"""expect: passed

Differentiates a loss function with respect to two of its arguments.
"""

import torch


def loss(x, y, w, b):
    return torch.mean((x @ w + b - y) ** 2)


def linear_gradients(x, y, w, b):
    x, y, w, b = (t.detach() for t in (x, y, w, b))
    return torch.func.grad(loss, argnums=(2, 3))(x, y, w, b)
