"""expect: values failed

Divides by the deviation and forgets to take the mean off.
"""

import torch


def standardize_columns(x):
    deviation = x.std(dim=0, correction=0)
    constant = (x == x[0]).all(dim=0)
    return torch.where(constant, 0, x / deviation)
