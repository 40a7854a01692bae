"""expect: arguments unchanged failed

Shuffles the caller's data.
"""

import torch


def fit_minibatch_sgd(x, y, lr, epochs, batch_size, seed):
    generator = torch.Generator().manual_seed(seed)
    w = x.new_zeros(x.shape[1], 1)
    b = x.new_zeros(1)
    losses = []
    for _ in range(epochs):
        order = torch.randperm(len(x), generator=generator)
        x[:], y[:] = x[order], y[order]
        batch_losses = []
        for inputs, targets in zip(x.split(batch_size), y.split(batch_size)):
            error = inputs @ w + b - targets
            batch_losses.append(error.square().mean().item())
            w -= lr * 2 * inputs.T @ error / len(inputs)
            b -= lr * 2 * error.mean(dim=0)
        losses.append(sum(batch_losses) / len(batch_losses))
    return w, b, losses
