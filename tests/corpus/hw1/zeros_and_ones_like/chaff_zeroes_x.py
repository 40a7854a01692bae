"""expect: arguments unchanged failed

Makes the zeros out of `x` itself.
"""

import torch


def zeros_and_ones_like(x):
    ones = torch.ones_like(x)
    x[...] = 0
    return x.clone(), ones
