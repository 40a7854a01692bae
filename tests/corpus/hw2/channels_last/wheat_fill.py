"""expect: passed

Copies channel by channel into a new tensor.
"""

import torch


def channels_last(x):
    n, channels, height, width = x.shape
    out = torch.zeros(n, height, width, channels, dtype=x.dtype, device=x.device)
    for c in range(channels):
        out[:, :, :, c] = x[:, c]
    return out
