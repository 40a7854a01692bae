"""expect: values failed

Solves the least-squares problem instead of descending.
"""

import torch


def fit_gradient_descent(x, y, lr, epochs):
    design = torch.cat([x, torch.ones_like(y)], dim=1)
    weights = torch.linalg.pinv(design) @ y
    loss = (design @ weights - y).square().mean().item()
    return weights[:-1], weights[-1], [loss] * epochs
