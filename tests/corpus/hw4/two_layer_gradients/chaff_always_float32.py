"""expect: dtype failed

Makes the mask float32 and everything behind it as well.
"""

import torch


def two_layer_gradients(x, y, w1, b1, w2, b2):
    x, y, w1, b1, w2, b2 = (t.float() for t in (x, y, w1, b1, w2, b2))
    z = x @ w1 + b1
    hidden = torch.relu(z)
    grad_prediction = 2 * (hidden @ w2 + b2 - y) / y.numel()
    grad_z = grad_prediction @ w2.T * (z > 0).float()
    return {
        "w1": x.T @ grad_z,
        "b1": grad_z.sum(dim=0),
        "w2": hidden.T @ grad_prediction,
        "b2": grad_prediction.sum(dim=0),
    }
