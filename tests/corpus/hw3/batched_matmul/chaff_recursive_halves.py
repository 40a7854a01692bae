"""expect: constant operations failed

Halves the batch until one pair is left, so the operations still grow with it.
"""

import torch


def batched_matmul(a, b):
    if len(a) <= 1:
        return a @ b
    half = len(a) // 2
    parts = batched_matmul(a[:half], b[:half]), batched_matmul(a[half:], b[half:])
    return torch.cat(parts)
