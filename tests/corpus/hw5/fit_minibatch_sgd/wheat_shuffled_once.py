"""expect: passed

Shuffles once, starts from small random weights, and draws both from its own generator.
"""

import torch


def fit_minibatch_sgd(x, y, lr, epochs, batch_size, seed):
    generator = torch.Generator().manual_seed(seed)
    order = torch.randperm(len(x), generator=generator).to(x.device)
    start = 0.01 * torch.randn(x.shape[1] + 1, 1, generator=generator)
    weights = start.to(dtype=x.dtype, device=x.device)
    design = torch.cat([x, torch.ones_like(y)], dim=1)[order]
    targets = y[order]
    losses = []
    for _ in range(epochs):
        squares = 0.0
        for i in range(0, len(x), batch_size):
            rows = design[i : i + batch_size]
            error = rows @ weights - targets[i : i + batch_size]
            squares += (error * error).sum().item()
            weights = weights - lr * 2 * rows.T @ error / rows.shape[0]
        losses.append(squares / len(x))
    return weights[:-1], weights[-1], losses
