"""expect: passed

Takes the loss of all rows at the end of every epoch.
"""

import torch


def fit_minibatch_sgd(x, y, lr, epochs, batch_size, seed):
    torch.manual_seed(seed)
    w = torch.zeros((x.shape[1], 1), dtype=x.dtype, device=x.device, requires_grad=True)
    b = torch.zeros(1, dtype=x.dtype, device=x.device, requires_grad=True)
    losses = []
    for _ in range(epochs):
        order = torch.randperm(len(x))
        for start in range(0, len(x), batch_size):
            rows = order[start : start + batch_size]
            ((x[rows] @ w + b - y[rows]) ** 2).mean().backward()
            with torch.no_grad():
                for p in (w, b):
                    p -= lr * p.grad
                    p.grad = None
        with torch.no_grad():
            losses.append(((x @ w + b - y) ** 2).mean().item())
    return w.detach(), b.detach(), losses
