"""expect: passed

Predicts with a linear layer inside no_grad and does the rest by hand.
"""

import torch
from torch import nn


@torch.no_grad()
def mse_gradients(x, y, w, b):
    layer = nn.Linear(x.shape[1], 1, dtype=x.dtype, device=x.device)
    layer.weight.copy_(w.T)
    layer.bias.copy_(b)
    error = layer(x) - y
    return 2 * x.T @ error / len(x), 2 * error.mean(dim=0)
