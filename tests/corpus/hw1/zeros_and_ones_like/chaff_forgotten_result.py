"""expect: values failed

Forgets that `add` returns its result, so that the ones stay zeros.
"""

import torch


def zeros_and_ones_like(x):
    zeros = torch.zeros_like(x)
    ones = torch.zeros_like(x)
    ones.add(1)
    return zeros, ones
