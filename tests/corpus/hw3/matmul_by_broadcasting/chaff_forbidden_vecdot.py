"""expect: forbidden failed

Broadcasts rows against columns into the ready-made product of torch.linalg.
"""

import torch


def matmul_by_broadcasting(a, b):
    return torch.linalg.vecdot(a[:, None, :], b.T[None, :, :], dim=-1)
