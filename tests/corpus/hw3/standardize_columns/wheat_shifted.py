"""expect: passed

Takes the first row off, which makes a constant column exactly 0 before anything is rounded.
"""

import torch


def standardize_columns(x):
    x = x - x[0]
    x = x - x.mean(dim=0)
    deviation = x.square().mean(dim=0).sqrt()
    return x / torch.where(deviation == 0, torch.ones_like(deviation), deviation)
