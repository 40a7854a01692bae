"""expect: returns failed

Uses a linear layer of the default dtype, which float64 data do not fit.
"""

import torch
from torch import nn


def predict(x, w, b):
    layer = nn.Linear(x.shape[1], 1).to(x.device)
    with torch.no_grad():
        layer.weight.copy_(w.T)
        layer.bias.copy_(b)
        return layer(x)
