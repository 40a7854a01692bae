"""expect: forbidden failed

Hides the loop in map under another name.
"""

import torch

to_each = map


def matmul_by_broadcasting(a, b):
    return torch.stack(tuple(to_each(lambda row: (row[:, None] * b).sum(dim=0), a)))
