"""expect: arguments unchanged failed

Also takes a gradient step with the parameters.
"""

import torch


def two_layer_gradients(x, y, w1, b1, w2, b2):
    z = x @ w1 + b1
    hidden = torch.relu(z)
    grad_prediction = 2 * (hidden @ w2 + b2 - y) / y.numel()
    grad_z = grad_prediction @ w2.T * (z > 0)
    gradients = {
        "w1": x.T @ grad_z,
        "b1": grad_z.sum(dim=0),
        "w2": hidden.T @ grad_prediction,
        "b2": grad_prediction.sum(dim=0),
    }
    for parameter, name in zip((w1, b1, w2, b2), gradients):
        parameter -= 0.01 * gradients[name]
    return gradients
