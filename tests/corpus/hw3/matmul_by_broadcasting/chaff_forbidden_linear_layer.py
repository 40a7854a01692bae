"""expect: forbidden failed

Builds a linear layer whose weight is b.
"""

import torch
from torch import nn


def matmul_by_broadcasting(a, b):
    layer = nn.Linear(b.shape[0], b.shape[1], bias=False, device=a.device, dtype=a.dtype)
    with torch.no_grad():
        layer.weight.copy_(b.T)
        return layer(a)
