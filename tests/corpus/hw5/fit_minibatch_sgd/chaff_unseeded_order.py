"""expect: property same seed gives the same model failed

Draws the order from the global generator without seeding it.
"""

import torch


def fit_minibatch_sgd(x, y, lr, epochs, batch_size, seed):
    w = x.new_zeros(x.shape[1], 1)
    b = x.new_zeros(1)
    losses = []
    for _ in range(epochs):
        batch_losses = []
        for rows in torch.randperm(len(x)).split(batch_size):
            error = x[rows] @ w + b - y[rows]
            batch_losses.append(error.square().mean().item())
            w -= lr * 2 * x[rows].T @ error / len(rows)
            b -= lr * 2 * error.mean(dim=0)
        losses.append(sum(batch_losses) / len(batch_losses))
    return w, b, losses
