"""expect: passed

Names shape, dtype and device.
"""

import torch


def zeros_and_ones_like(x):
    kind = {"dtype": x.dtype, "device": x.device}
    zeros = torch.zeros(x.shape, **kind)
    ones = torch.ones(x.shape, **kind)
    return [zeros, ones]
