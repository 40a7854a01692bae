"""expect: forbidden failed

Hides the loop over rows in map.
"""

import torch


def matmul_by_broadcasting(a, b):
    rows = map(lambda row: (row[:, None] * b).sum(dim=0), a)
    return torch.stack(list(rows))
