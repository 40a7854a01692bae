"""expect: passed

Appends a column of ones to x and the bias to the weights.
"""

import torch


def predict(x, w, b):
    ones = torch.ones(x.shape[0], 1, dtype=x.dtype, device=x.device)
    return torch.cat([x, ones], dim=1) @ torch.cat([w, b[None]], dim=0)
