"""expect: passed

Turns the sample deviation into the population one; a single row is all constant.
"""

import torch


def standardize_columns(x):
    n = x.shape[0]
    if n == 1:
        return torch.zeros_like(x)
    deviation = x.std(dim=0) * ((n - 1) / n) ** 0.5
    constant = (x[1:] == x[:-1]).all(dim=0)
    return ((x - x.mean(dim=0)) / deviation).masked_fill(constant, 0.0)
