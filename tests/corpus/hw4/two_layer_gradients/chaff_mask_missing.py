"""expect: values failed

Goes back through relu as if it were not there.
"""

import torch


def two_layer_gradients(x, y, w1, b1, w2, b2):
    hidden = torch.relu(x @ w1 + b1)
    grad_prediction = 2 * (hidden @ w2 + b2 - y) / y.numel()
    grad_z = grad_prediction @ w2.T
    return {
        "w1": x.T @ grad_z,
        "b1": grad_z.sum(dim=0),
        "w2": hidden.T @ grad_prediction,
        "b2": grad_prediction.sum(dim=0),
    }
