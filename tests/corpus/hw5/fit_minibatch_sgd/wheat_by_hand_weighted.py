"""expect: passed

Writes the gradients by hand and weights every batch loss with its number of rows.
"""

import torch


def fit_minibatch_sgd(x, y, lr, epochs, batch_size, seed):
    generator = torch.Generator().manual_seed(seed)
    n, features = x.shape
    w = torch.zeros(features, 1, dtype=x.dtype, device=x.device)
    b = torch.zeros(1, dtype=x.dtype, device=x.device)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for rows in torch.randperm(n, generator=generator).split(batch_size):
            error = x[rows] @ w + b - y[rows]
            total += error.square().sum().item()
            w -= lr * 2 * x[rows].T @ error / len(rows)
            b -= lr * 2 * error.mean(dim=0)
        losses.append(total / n)
    return w, b, losses
