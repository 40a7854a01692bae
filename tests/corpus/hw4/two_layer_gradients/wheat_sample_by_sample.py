"""expect: passed

Adds up the gradients of one sample after the other and divides at the end.
"""

import torch


def two_layer_gradients(x, y, w1, b1, w2, b2):
    parameters = {"w1": w1, "b1": b1, "w2": w2, "b2": b2}
    totals = {name: torch.zeros_like(p) for name, p in parameters.items()}
    for i in range(x.shape[0]):
        z = x[i] @ w1 + b1
        hidden = torch.maximum(z, torch.zeros_like(z))
        error = hidden @ w2 + b2 - y[i]
        grad_z = torch.where(z > 0, w2 @ error, torch.zeros_like(z))
        totals["w1"] += torch.outer(x[i], grad_z)
        totals["b1"] += grad_z
        totals["w2"] += torch.outer(hidden, error)
        totals["b2"] += error
    return {name: 2 * total / y.numel() for name, total in totals.items()}
