"""expect: passed

Keeps the losses as detached tensors and converts them to numbers at the end.
"""

import torch


def fit_gradient_descent(x, y, lr, epochs):
    w = x.new_zeros(x.shape[1], 1)
    b = x.new_zeros(1)
    losses = []
    for _ in range(epochs):
        error = torch.addmm(b, x, w) - y
        losses.append((error * error).mean())
        w -= 2 * lr * (x * error).mean(dim=0).unsqueeze(1)
        b -= 2 * lr * error.mean()
    return w, b, [float(loss) for loss in losses]
