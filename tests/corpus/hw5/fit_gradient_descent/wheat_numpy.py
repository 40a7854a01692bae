"""expect: passed

Trains in NumPy and brings the parameters back.
"""

import numpy as np
import torch


def fit_gradient_descent(x, y, lr, epochs):
    inputs, targets = x.cpu().numpy(), y.cpu().numpy()
    w = np.zeros((inputs.shape[1], 1), dtype=inputs.dtype)
    b = np.zeros(1, dtype=inputs.dtype)
    losses = []
    for _ in range(epochs):
        error = inputs @ w + b - targets
        losses.append(float((error**2).mean()))
        w -= lr * 2 * inputs.T @ error / len(inputs)
        b -= lr * 2 * error.mean(axis=0)
    return torch.as_tensor(w, device=x.device), torch.as_tensor(b, device=x.device), losses
