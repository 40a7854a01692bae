"""expect: property loss is a mean for all batch sizes failed

Divides by the number of full batches.
"""

import torch


def fit_minibatch_sgd(x, y, lr, epochs, batch_size, seed):
    w, b = x.new_zeros(x.shape[1], 1), x.new_zeros(1)
    generator = torch.Generator().manual_seed(seed)
    losses = []
    for _ in range(epochs):
        order = torch.randperm(len(x), generator=generator).to(x.device)
        total = 0.0
        for rows in order.split(batch_size):
            error = x[rows] @ w + b - y[rows]
            total += error.square().mean().item()
            step = 2 * lr / len(rows) * error
            w, b = w - x[rows].T @ step, b - step.sum(dim=0)
        losses.append(total / max(1, len(x) // batch_size))
    return w, b, losses
