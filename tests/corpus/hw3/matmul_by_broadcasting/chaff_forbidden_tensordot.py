"""expect: forbidden failed

Contracts one dimension with tensordot.
"""

import torch


def matmul_by_broadcasting(a, b):
    return torch.tensordot(a, b, 1)
