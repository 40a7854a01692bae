"""expect: forbidden failed

Uses the ready-made product in torch.linalg.
"""

import torch


def dot(a, b):
    return torch.linalg.vecdot(a, b)
