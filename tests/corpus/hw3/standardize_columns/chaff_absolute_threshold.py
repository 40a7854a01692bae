"""expect: values failed

Takes a column of small numbers for a constant one.
"""

import torch


def standardize_columns(x):
    deviation = x.std(0, correction=0)
    return torch.where(deviation < 1e-5, 0, (x - x.mean(0)) / deviation)
