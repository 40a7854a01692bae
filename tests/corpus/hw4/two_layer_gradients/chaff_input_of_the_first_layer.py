"""expect: shape failed

Uses x instead of the hidden values for the gradient of the second weights.
"""

import torch


def two_layer_gradients(x, y, w1, b1, w2, b2):
    z = x @ w1 + b1
    grad_prediction = 2 * (torch.relu(z) @ w2 + b2 - y) / y.numel()
    grad_z = grad_prediction @ w2.T * (z > 0)
    return {
        "w1": x.T @ grad_z,
        "b1": grad_z.sum(dim=0),
        "w2": x.T @ grad_prediction,
        "b2": grad_prediction.sum(dim=0),
    }
