"""expect: forbidden failed

Adds a batch of one product to zero.
"""

import torch


def dot(a, b):
    return torch.baddbmm(a.new_zeros(1, 1, 1), a[None, None, :], b[None, :, None]).reshape(())
