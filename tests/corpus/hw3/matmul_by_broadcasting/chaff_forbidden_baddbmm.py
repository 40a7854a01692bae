"""expect: forbidden failed

Adds a batched product to zeros.
"""

import torch


def matmul_by_broadcasting(a, b):
    zeros = a.new_zeros(1, a.shape[0], b.shape[1])
    return torch.baddbmm(zeros, a[None], b[None])[0]
