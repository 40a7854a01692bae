"""expect: passed

Collects the products with addcmul on zeros of the full shape.
"""

import torch


def matmul_by_broadcasting(a, b):
    m, k = a.shape
    zeros = a.new_zeros(m, k, b.shape[1])
    return torch.addcmul(zeros, a[..., None], b).sum(dim=-2)
