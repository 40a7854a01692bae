"""expect: passed

Shuffles and trains in NumPy and brings the parameters back.
"""

import numpy as np
import torch


def fit_minibatch_sgd(x, y, lr, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    inputs, targets = x.cpu().numpy(), y.cpu().numpy()
    w = np.zeros((inputs.shape[1], 1), dtype=inputs.dtype)
    b = np.zeros(1, dtype=inputs.dtype)
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(inputs))
        batch_losses = []
        for start in range(0, len(order), batch_size):
            rows = order[start : start + batch_size]
            error = inputs[rows] @ w + b - targets[rows]
            batch_losses.append((error**2).mean())
            w -= lr * 2 * inputs[rows].T @ error / len(rows)
            b -= lr * 2 * error.mean(axis=0)
        losses.append(float(np.mean(batch_losses)))
    return torch.as_tensor(w, device=x.device), torch.as_tensor(b, device=x.device), losses
