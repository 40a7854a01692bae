"""expect: passed

Fills the table row by row.
"""

import torch


def outer_sum(a, b):
    out = torch.zeros(len(a), len(b), dtype=a.dtype, device=a.device)
    for i in range(len(a)):
        out[i] = a[i] + b
    return out
