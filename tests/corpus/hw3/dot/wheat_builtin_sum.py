"""expect: passed

Uses Python's own sum with a 0-dim tensor as its start.
"""

import torch


def dot(a, b):
    start = torch.zeros((), dtype=a.dtype, device=a.device)
    return sum(a * b, start=start)
