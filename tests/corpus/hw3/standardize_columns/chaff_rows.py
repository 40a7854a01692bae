"""expect: values failed

Standardizes every row.
"""

import torch


def standardize_columns(x):
    centered = x - x.mean(dim=1, keepdim=True)
    deviation = x.std(dim=1, correction=0, keepdim=True)
    constant = (x == x[:, :1]).all(dim=1, keepdim=True)
    return torch.where(constant, 0, centered / deviation)
