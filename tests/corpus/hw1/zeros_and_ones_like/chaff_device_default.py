"""expect: device failed

Takes shape and dtype from `x`, and the default device.
"""

import torch


def zeros_and_ones_like(x):
    return torch.zeros(x.shape, dtype=x.dtype), torch.ones(x.shape, dtype=x.dtype)
