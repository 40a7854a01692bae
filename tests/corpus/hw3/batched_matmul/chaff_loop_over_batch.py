"""expect: constant operations failed

Multiplies one pair after the other in a Python loop.
"""

import torch


def batched_matmul(a, b):
    out = torch.zeros(a.shape[0], a.shape[1], b.shape[2], dtype=a.dtype, device=a.device)
    for i in range(a.shape[0]):
        out[i] = a[i] @ b[i]
    return out
