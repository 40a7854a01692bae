"""expect: passed

Adds the products to a result of zeros.
"""

import torch


def batched_matmul(a, b):
    out = a.new_zeros(a.shape[0], a.shape[1], b.shape[2])
    return torch.baddbmm(out, a, b)
