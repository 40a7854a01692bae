"""expect: passed

Expands both matrices to three dimensions explicitly, with no_grad as a decorator.
"""

import torch


@torch.no_grad()
def matmul_by_broadcasting(a, b):
    m, k = a.shape
    n = b.shape[1]
    left = a.reshape(m, k, 1).expand(m, k, n)
    right = b.reshape(1, k, n).expand(m, k, n)
    return (left * right).sum(dim=1)
