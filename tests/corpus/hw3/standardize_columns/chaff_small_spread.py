"""expect: values failed

Takes every column whose numbers lie within a hundredth for a constant one.
"""

import torch


def standardize_columns(x):
    std = x.std(dim=0, correction=0)
    small = std < 1e-2
    centred = x - x.mean(dim=0)
    return torch.where(small, torch.zeros_like(centred), centred / torch.where(small, 1, std))
