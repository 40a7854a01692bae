"""expect: forbidden failed

Builds a linear layer and reads the gradients of its parameters.
"""

from torch import nn


def mse_gradients(x, y, w, b):
    layer = nn.Linear(x.shape[1], 1, dtype=x.dtype, device=x.device)
    layer.load_state_dict({"weight": w.T, "bias": b})
    nn.MSELoss()(layer(x), y).backward()
    return layer.weight.grad.T, layer.bias.grad
