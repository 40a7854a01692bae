"""expect: device failed

Sums the bias gradient with a vector of ones that lives on the CPU.
"""

import torch


def linear_gradients(x, y, w, b):
    x, y, w, b = x.detach(), y.detach(), w.detach(), b.detach()
    residual = 2 * (x @ w + b - y) / y.numel()
    ones = torch.ones(x.shape[0], dtype=x.dtype)
    return x.T @ residual, ones @ residual
