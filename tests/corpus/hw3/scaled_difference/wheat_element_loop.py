"""expect: passed

Visits every element of flat copies in a Python loop.
"""

import torch


def scaled_difference(a, b, scale):
    out = torch.empty_like(a).reshape(-1)
    left = a.reshape(-1)
    right = b.reshape(-1)
    for i in range(a.numel()):
        out[i] = (left[i] - right[i]) * scale
    return out.reshape(a.shape)
