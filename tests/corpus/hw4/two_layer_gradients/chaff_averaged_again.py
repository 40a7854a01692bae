"""expect: values failed

Takes the mean of the bias gradients over the samples, although the mean was already taken.
"""

import torch


def two_layer_gradients(x, y, w1, b1, w2, b2):
    z = x @ w1 + b1
    hidden = torch.relu(z)
    grad_prediction = 2 * (hidden @ w2 + b2 - y) / y.numel()
    grad_z = grad_prediction @ w2.T * (z > 0)
    return {
        "w1": x.T @ grad_z,
        "b1": grad_z.mean(dim=0),
        "w2": hidden.T @ grad_prediction,
        "b2": grad_prediction.mean(dim=0),
    }
