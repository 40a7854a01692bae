"""expect: forbidden failed

Makes a batch of one and multiplies that.
"""

import torch


def matmul_by_broadcasting(a, b):
    return torch.bmm(a.unsqueeze(0), b.unsqueeze(0)).squeeze(0)
