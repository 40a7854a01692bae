"""expect: passed

Starts from variance and mean, and fills the constant columns of its own result with 0.
"""

import torch


def standardize_columns(x):
    variance, mean = torch.var_mean(x, dim=0, correction=0, keepdim=True)
    out = (x - mean) / variance.sqrt()
    constant = (x == x[:1]).all(dim=0)
    out[:, constant] = 0
    return out
