"""expect: passed

Assigns to a copy of the zeros.
"""

import torch


def zeros_and_ones_like(x):
    zeros = torch.full_like(x, 0)
    ones = zeros.clone()
    ones[...] = 1
    return zeros, ones
