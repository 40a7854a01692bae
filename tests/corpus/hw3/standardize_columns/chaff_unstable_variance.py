"""expect: values failed

Subtracts the squared mean from the mean square, which loses digits far from zero.
"""

import torch


def standardize_columns(x):
    mean = x.mean(dim=0)
    variance = (x**2).mean(dim=0) - mean**2
    constant = (x == x[0]).all(dim=0)
    standardized = (x - mean) / variance.clamp(min=1e-30).sqrt()
    return torch.where(constant, 0, standardized)
