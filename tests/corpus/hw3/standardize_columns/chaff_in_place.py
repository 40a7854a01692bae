"""expect: arguments unchanged failed

Standardizes the caller's matrix.
"""

import torch


def standardize_columns(x):
    x -= x[0].clone()
    x -= x.mean(dim=0)
    deviation = x.std(dim=0, correction=0)
    x /= torch.where(deviation == 0, torch.ones_like(deviation), deviation)
    return x
