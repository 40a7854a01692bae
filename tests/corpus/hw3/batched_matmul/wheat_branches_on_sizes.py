"""expect: passed

Takes more lines for larger batches, but not more for each pair.
"""

import torch


def batched_matmul(a, b):
    batch, m, k = a.shape
    n = b.shape[2]
    out = torch.zeros((batch, m, n), dtype=a.dtype, device=a.device)
    for size in (batch, m, n):
        if size == 0:
            return out
    if batch > 2:
        left = a.contiguous()
        right = b.contiguous()
    else:
        left, right = a, b
    for i in range(k):
        out = out + left[:, :, i, None] * right[:, i, None, :]
    return out
