"""expect: dtype failed

Converts the arguments to float32.
"""

import torch


def linear_gradients(x, y, w, b):
    x, y, w, b = (t.detach().float() for t in (x, y, w, b))
    residual = 2 * (x @ w + b - y) / y.numel()
    return x.T @ residual, residual.sum(0)
