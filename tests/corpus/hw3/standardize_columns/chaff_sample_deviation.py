"""expect: values failed

Uses torch's default deviation, which divides by n - 1.
"""

import torch


def standardize_columns(x):
    if x.shape[0] == 1:
        return torch.zeros_like(x)
    constant = (x == x[0]).all(dim=0)
    return ((x - x.mean(dim=0)) / x.std(dim=0)).masked_fill(constant, 0)
