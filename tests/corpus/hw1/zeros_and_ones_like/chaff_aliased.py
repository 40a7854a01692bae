"""expect: values failed

Both names are one tensor, so that filling the ones changes the zeros.
"""

import torch


def zeros_and_ones_like(x):
    zeros = torch.zeros_like(x)
    ones = zeros
    ones.fill_(1)
    return zeros, ones
