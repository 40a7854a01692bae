"""expect: forbidden failed

Lets vmap loop over the rows.
"""

import torch


def matmul_by_broadcasting(a, b):
    return torch.vmap(lambda row: (row[:, None] * b).sum(dim=0))(a)
