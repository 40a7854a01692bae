"""expect: device failed

Adds the products to zeros on the CPU with baddbmm.
"""

import torch


def batched_matmul(a, b):
    zeros = torch.zeros(a.shape[0], a.shape[1], b.shape[2], dtype=a.dtype)
    return torch.baddbmm(zeros, a, b)
