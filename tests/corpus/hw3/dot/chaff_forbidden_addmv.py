"""expect: forbidden failed

Adds a matrix-vector product to a zero.
"""

import torch


def dot(a, b):
    return torch.addmv(a.new_zeros(1), a[None], b)[0]
