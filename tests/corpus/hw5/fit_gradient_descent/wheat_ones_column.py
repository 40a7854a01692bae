"""expect: passed

Treats the bias as one more weight of a column of ones.
"""

import torch


def fit_gradient_descent(x, y, lr, epochs):
    design = torch.cat([x, torch.ones_like(x[:, :1])], dim=1)
    weights = design.new_zeros(design.shape[1], 1)
    losses = []
    for _ in range(epochs):
        error = design @ weights - y
        losses.append(error.square().mean().item())
        weights = weights - lr * 2 * design.T @ error / len(x)
    return weights[:-1], weights[-1], losses
