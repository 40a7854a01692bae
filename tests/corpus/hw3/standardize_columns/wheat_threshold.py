"""expect: passed

Treats a deviation within rounding of the column's magnitude as 0.
"""

import torch


def standardize_columns(x):
    deviation, mean = torch.std_mean(x, dim=0, correction=0)
    rounding = 16 * torch.finfo(x.dtype).eps * x.abs().amax(dim=0)
    scale = torch.where(deviation > rounding, deviation, torch.ones_like(deviation))
    return (x - mean) / scale
