"""expect: property ends close to least squares failed

Draws separate orders for x and y.
"""

import torch


def fit_minibatch_sgd(x, y, lr, epochs, batch_size, seed):
    generator = torch.Generator().manual_seed(seed)
    w = x.new_zeros(x.shape[1], 1)
    b = x.new_zeros(1)
    losses = []
    for _ in range(epochs):
        inputs = x[torch.randperm(len(x), generator=generator)].split(batch_size)
        targets = y[torch.randperm(len(y), generator=generator)].split(batch_size)
        batch_losses = []
        for x_batch, y_batch in zip(inputs, targets):
            error = x_batch @ w + b - y_batch
            batch_losses.append(error.square().mean().item())
            w -= lr * 2 * x_batch.T @ error / len(x_batch)
            b -= lr * 2 * error.mean(dim=0)
        losses.append(sum(batch_losses) / len(batch_losses))
    return w, b, losses
