"""expect: device failed

Starts from zeros on the CPU.
"""

import torch


def fit_gradient_descent(x, y, lr, epochs):
    w = torch.zeros(x.shape[1], 1, dtype=x.dtype)
    b = torch.zeros(1, dtype=x.dtype)
    losses = []
    for _ in range(epochs):
        error = x @ w + b - y
        losses.append((error**2).mean().item())
        w -= lr * 2 * x.T @ error / len(x)
        b -= lr * 2 * error.mean(dim=0)
    return w, b, losses
