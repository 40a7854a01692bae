"""expect: passed

Leaves the factor 2 out of the gradient, and divides a smaller last batch by the batch size.
"""

import torch


def fit_minibatch_sgd(x, y, lr, epochs, batch_size, seed):
    generator = torch.Generator().manual_seed(seed)
    w, b = x.new_zeros(x.shape[1], 1), x.new_zeros(1)
    count = min(batch_size, len(x))
    losses = []
    for _ in range(epochs):
        total = 0.0
        for rows in torch.randperm(len(x), generator=generator).split(batch_size):
            error = x[rows] @ w + b - y[rows]
            total += error.square().sum().item()
            w -= lr * x[rows].T @ error / count
            b -= lr * error.sum(dim=0) / count
        losses.append(total / len(x))
    return w, b, losses
