"""expect: device failed

Fills a tensor that is always on the CPU.
"""

import torch


def channels_last(x):
    n, c, h, w = x.shape
    out = torch.zeros((n, h, w, c), dtype=x.dtype)
    out[:] = x.permute(0, 2, 3, 1)
    return out
