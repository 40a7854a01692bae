"""expect: forbidden failed

Binds torch.mm to a harmless name.
"""

import torch

broadcast_and_sum = torch.mm


def matmul_by_broadcasting(a, b):
    return broadcast_and_sum(a, b)
