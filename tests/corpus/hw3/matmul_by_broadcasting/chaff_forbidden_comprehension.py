"""expect: forbidden failed

Stacks rows that come from a list comprehension.
"""

import torch


def matmul_by_broadcasting(a, b):
    return torch.stack([(row[:, None] * b).sum(dim=0) for row in a])
