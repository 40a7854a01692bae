"""expect: passed

Copies the parameters into a linear layer of the same dtype and device.
"""

import torch
from torch import nn


def predict(x, w, b):
    layer = nn.Linear(x.shape[1], 1, dtype=x.dtype, device=x.device)
    with torch.no_grad():
        layer.weight.copy_(w.T)
        layer.bias.copy_(b)
        return layer(x)
