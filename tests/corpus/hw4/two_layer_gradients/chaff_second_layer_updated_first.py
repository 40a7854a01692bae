"""expect: values failed

Takes a step with the second weights before it goes back through them.
"""

import torch


def two_layer_gradients(x, y, w1, b1, w2, b2):
    z = x @ w1 + b1
    hidden = torch.relu(z)
    grad_prediction = 2 * (hidden @ w2 + b2 - y) / y.numel()
    grad_w2 = hidden.T @ grad_prediction
    w2 = w2 - 0.1 * grad_w2
    grad_z = grad_prediction @ w2.T * (z > 0)
    return {
        "w1": x.T @ grad_z,
        "b1": grad_z.sum(dim=0),
        "w2": grad_w2,
        "b2": grad_prediction.sum(dim=0),
    }
