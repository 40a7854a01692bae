"""expect: values failed

Leaves a constant column as it was.
"""

import torch


def standardize_columns(x):
    constant = (x == x[0]).all(dim=0)
    standardized = (x - x.mean(dim=0)) / x.std(dim=0, correction=0)
    return torch.where(constant, x, standardized)
