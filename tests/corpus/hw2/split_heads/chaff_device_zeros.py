"""expect: device failed

Fills a tensor that is always on the CPU.
"""

import torch


def split_heads(x, heads):
    batch, time, features = x.shape
    if features % heads != 0:
        raise ValueError("does not divide")
    width = features // heads
    out = torch.zeros(batch, heads, time, width, dtype=x.dtype)
    for h in range(heads):
        out[:, h] = x[:, :, h * width : (h + 1) * width]
    return out
