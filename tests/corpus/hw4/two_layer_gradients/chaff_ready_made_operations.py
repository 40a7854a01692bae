"""expect: forbidden failed

Calls the operations that autograd itself uses for the loss and for relu.
"""

import torch

aten = torch.ops.aten


def two_layer_gradients(x, y, w1, b1, w2, b2):
    z = x @ w1 + b1
    hidden = torch.relu(z)
    one = torch.ones((), dtype=x.dtype, device=x.device)
    grad_prediction = aten.mse_loss_backward(one, hidden @ w2 + b2, y, 1)
    grad_z = aten.threshold_backward(grad_prediction @ w2.T, z, 0)
    return {
        "w1": x.T @ grad_z,
        "b1": grad_z.sum(dim=0),
        "w2": hidden.T @ grad_prediction,
        "b2": grad_prediction.sum(dim=0),
    }
