"""expect: property descends on the mean squared error failed

Stops as soon as the loss no longer changes.
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
            total += error.square().sum().item()
            step = 2 * lr / len(rows) * error
            w, b = w - x[rows].T @ step, b - step.sum(dim=0)
        losses.append(total / len(x))
        if len(losses) > 1 and abs(losses[-1] - losses[-2]) < 1e-7:
            break
    return w, b, losses
