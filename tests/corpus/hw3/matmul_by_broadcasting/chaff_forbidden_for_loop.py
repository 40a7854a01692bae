"""expect: forbidden failed

Fills the result row by row in a for loop.
"""

import torch


def matmul_by_broadcasting(a, b):
    out = torch.zeros(a.shape[0], b.shape[1], dtype=a.dtype, device=a.device)
    for i in range(a.shape[0]):
        out[i] = (a[i][:, None] * b).sum(dim=0)
    return out
