"""expect: device failed

Replaces the deviation of constant columns by ones on the CPU.
"""

import torch


def standardize_columns(x):
    x = x - x[0]
    deviation = x.std(dim=0, correction=0)
    ones = torch.ones(x.shape[1], dtype=x.dtype)
    scale = torch.where(deviation == 0, ones, deviation)
    return (x - x.mean(dim=0)) / scale
