"""expect: passed

Puts the shared size in front and sums over the first dimension.
"""

import torch


def matmul_by_broadcasting(a, b):
    products = torch.mul(a.T[:, :, None], b[:, None, :])
    return torch.sum(products, 0)
