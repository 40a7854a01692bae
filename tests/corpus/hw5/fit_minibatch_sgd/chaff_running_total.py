"""expect: property ends close to least squares failed

Never resets the total, so that the reported losses grow.
"""

import torch


def fit_minibatch_sgd(x, y, lr, epochs, batch_size, seed):
    generator = torch.Generator().manual_seed(seed)
    w = x.new_zeros(x.shape[1], 1)
    b = x.new_zeros(1)
    total = 0.0
    losses = []
    for _ in range(epochs):
        order = torch.randperm(len(x), generator=generator)
        for rows in order.split(batch_size):
            error = x[rows] @ w + b - y[rows]
            total += error.square().sum().item()
            w -= lr * 2 * x[rows].T @ error / len(rows)
            b -= lr * 2 * error.mean(dim=0)
        losses.append(total / len(x))
    return w, b, losses
