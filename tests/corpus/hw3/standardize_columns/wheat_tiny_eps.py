"""expect: passed

Adds an eps far below every deviation, after taking the first row off.
"""

import torch


def standardize_columns(x):
    shifted = x - x[0:1]
    centered = shifted - shifted.mean(dim=0, keepdim=True)
    deviation = (centered**2).mean(dim=0, keepdim=True) ** 0.5
    return centered / (deviation + torch.finfo(x.dtype).tiny)
