"""expect: property loss is the mean squared error failed

Reports the sum of the batch losses.
"""

import torch


def fit_minibatch_sgd(x, y, lr, epochs, batch_size, seed):
    generator = torch.Generator().manual_seed(seed)
    w = x.new_zeros(x.shape[1], 1)
    b = x.new_zeros(1)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for rows in torch.randperm(len(x), generator=generator).split(batch_size):
            error = x[rows] @ w + b - y[rows]
            total += error.square().mean().item()
            w -= lr * 2 * x[rows].T @ error / len(rows)
            b -= lr * 2 * error.mean(dim=0)
        losses.append(total)
    return w, b, losses
