"""expect: passed

Stacks the vectors, multiplies down the stack and sums along it.
"""

import torch


def dot(a, b):
    return torch.stack([a, b]).prod(dim=0).sum()
