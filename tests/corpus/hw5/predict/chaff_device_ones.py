"""expect: device failed

Appends a column of ones that lives on the CPU.
"""

import torch


def predict(x, w, b):
    ones = torch.ones(x.shape[0], 1, dtype=x.dtype)
    return torch.cat([x, ones], dim=1) @ torch.cat([w, b[None]], dim=0)
