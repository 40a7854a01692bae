"""expect: passed

Keeps a running sum in a one-element tensor and returns its element as 0-dim.
"""

import torch


def dot(a, b):
    total = torch.zeros(1, dtype=a.dtype, device=a.device)
    for i in range(a.shape[0]):
        total[0] += a[i] * b[i]
    return total[0]
