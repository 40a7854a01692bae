"""expect: forbidden failed

Contracts the only dimension with tensordot.
"""

import torch


def dot(a, b):
    return torch.tensordot(a, b, dims=1)
