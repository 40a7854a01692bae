"""expect: property ends close to least squares failed

Starts from zeros again in every epoch.
"""

import torch


def fit_minibatch_sgd(x, y, lr, epochs, batch_size, seed):
    generator = torch.Generator().manual_seed(seed)
    losses = []
    for _ in range(epochs):
        w = x.new_zeros(x.shape[1], 1)
        b = x.new_zeros(1)
        batch_losses = []
        for rows in torch.randperm(len(x), generator=generator).split(batch_size):
            error = x[rows] @ w + b - y[rows]
            batch_losses.append(error.square().mean().item())
            w -= lr * 2 * x[rows].T @ error / len(rows)
            b -= lr * 2 * error.mean(dim=0)
        losses.append(sum(batch_losses) / len(batch_losses))
    return w, b, losses
