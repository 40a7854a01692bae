"""expect: values failed

Scales the columns to the range from 0 to 1.
"""

import torch


def standardize_columns(x):
    low = x.amin(dim=0)
    width = x.amax(dim=0) - low
    return (x - low) / torch.where(width == 0, torch.ones_like(width), width)
