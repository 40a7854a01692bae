"""expect: passed

Writes prediction, loss, gradients and updates out in one loop.
"""

import torch


def fit_gradient_descent(x, y, lr, epochs):
    n, features = x.shape
    w = torch.zeros((features, 1), dtype=x.dtype, device=x.device)
    b = torch.zeros(1, dtype=x.dtype, device=x.device)
    losses = []
    for epoch in range(epochs):
        error = x @ w + b - y
        losses.append(float((error**2).mean()))
        grad_w = 2 / n * x.T @ error
        grad_b = 2 / n * error.sum(dim=0)
        w = w - lr * grad_w
        b = b - lr * grad_b
    return w, b, losses
