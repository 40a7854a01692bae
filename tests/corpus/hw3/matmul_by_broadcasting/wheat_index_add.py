"""expect: passed

Forms all products, then adds each of them to the element that it belongs to.
"""

import torch


def matmul_by_broadcasting(a, b):
    m, k = a.shape
    n = b.shape[1]
    products = (a.T[:, :, None] * b[:, None, :]).reshape(k, m * n)
    out = a.new_zeros(1, m * n)
    where = torch.zeros(k, dtype=torch.int64, device=a.device)
    return out.index_add(0, where, products).reshape(m, n)
