"""expect: passed

Adds up the gradients of one sample after the other.
"""

import torch


@torch.no_grad()
def linear_gradients(x, y, w, b):
    grad_w = torch.zeros_like(w)
    grad_b = torch.zeros_like(b)
    for row, target in zip(x, y):
        residual = row @ w + b - target
        grad_w += row[:, None] * residual[None, :]
        grad_b += residual
    return grad_w * (2 / y.numel()), grad_b * (2 / y.numel())
