"""expect: dtype failed

Starts from zeros of the default dtype.
"""

import torch


def mse_gradients(x, y, w, b):
    error = x @ w + b - y
    grad_w = torch.zeros(w.shape, device=x.device)
    grad_b = torch.zeros(b.shape, device=x.device)
    grad_w += 2 * x.T @ error / len(x)
    grad_b += 2 * error.mean(dim=0)
    return grad_w, grad_b
