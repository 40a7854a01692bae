"""expect: returns failed

Leaves keepdim out where it matters, so that only square matrices fit.
"""

import torch


def standardize_columns(x):
    x = x - x[0]
    columns = x.T
    centered = columns - columns.mean(dim=1)
    deviation = columns.std(dim=1, correction=0)
    deviation = torch.where(deviation == 0, torch.ones_like(deviation), deviation)
    return (centered / deviation).T
