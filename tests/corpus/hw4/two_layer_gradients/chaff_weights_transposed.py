"""expect: shape failed

Returns the weight gradients as nn.Linear stores them, transposed.
"""

import torch


def two_layer_gradients(x, y, w1, b1, w2, b2):
    z = x @ w1 + b1
    hidden = torch.relu(z)
    grad_prediction = 2 * (hidden @ w2 + b2 - y) / y.numel()
    grad_z = grad_prediction @ w2.T * (z > 0)
    return {
        "w1": grad_z.T @ x,
        "b1": grad_z.sum(dim=0),
        "w2": grad_prediction.T @ hidden,
        "b2": grad_prediction.sum(dim=0),
    }
