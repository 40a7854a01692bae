"""expect: property batches count their own rows failed

Divides by the batch size where the last batch has fewer rows.
"""

import torch


def fit_minibatch_sgd(x, y, lr, epochs, batch_size, seed):
    generator = torch.Generator().manual_seed(seed)
    w, b = x.new_zeros(x.shape[1], 1), x.new_zeros(1)
    losses = []
    for _ in range(epochs):
        batch_losses = []
        for rows in torch.randperm(len(x), generator=generator).split(batch_size):
            errors = x[rows] @ w + b - y[rows]
            batch_losses.append(errors.square().mean().item())
            w = w - lr * 2 * x[rows].T @ errors / batch_size
            b = b - lr * 2 * errors.sum(0) / batch_size
        losses.append(sum(batch_losses) / len(batch_losses))
    return w, b, losses
