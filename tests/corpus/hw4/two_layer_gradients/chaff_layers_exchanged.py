"""expect: shape failed

Puts the gradients of the layers under each other's names.
"""

import torch


def two_layer_gradients(x, y, w1, b1, w2, b2):
    z = x @ w1 + b1
    hidden = torch.relu(z)
    grad_prediction = 2 * (hidden @ w2 + b2 - y) / y.numel()
    grad_z = grad_prediction @ w2.T * (z > 0)
    return {
        "w2": x.T @ grad_z,
        "b2": grad_z.sum(dim=0),
        "w1": hidden.T @ grad_prediction,
        "b1": grad_prediction.sum(dim=0),
    }
