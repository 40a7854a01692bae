"""expect: forbidden failed

Turns a into a sparse matrix and uses the sparse product.
"""

import torch


def matmul_by_broadcasting(a, b):
    return torch.sparse.mm(a.to_sparse(), b)
