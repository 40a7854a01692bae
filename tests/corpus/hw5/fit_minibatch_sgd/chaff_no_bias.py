"""expect: property ends close to least squares failed

Never updates the bias.
"""

import torch


def fit_minibatch_sgd(x, y, lr, epochs, batch_size, seed):
    generator = torch.Generator().manual_seed(seed)
    w = x.new_zeros(x.shape[1], 1)
    b = x.new_zeros(1)
    losses = []
    for _ in range(epochs):
        batch_losses = []
        for rows in torch.randperm(len(x), generator=generator).split(batch_size):
            error = x[rows] @ w + b - y[rows]
            batch_losses.append(error.square().mean().item())
            w -= lr * 2 * x[rows].T @ error / len(rows)
        losses.append(sum(batch_losses) / len(batch_losses))
    return w, b, losses
