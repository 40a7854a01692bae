"""expect: values failed

Divides by the variance.
"""

import torch


def standardize_columns(x):
    x = x - x[0]
    variance = x.var(dim=0, correction=0)
    scale = torch.where(variance == 0, torch.ones_like(variance), variance)
    return (x - x.mean(dim=0)) / scale
