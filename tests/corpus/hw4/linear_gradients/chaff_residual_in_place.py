"""expect: arguments unchanged failed

Computes the residual in place in the target.
"""

import torch


@torch.no_grad()
def linear_gradients(x, y, w, b):
    residual = y
    residual -= x @ w + b
    residual *= -2 / residual.numel()
    return x.T @ residual, residual.sum(0)
