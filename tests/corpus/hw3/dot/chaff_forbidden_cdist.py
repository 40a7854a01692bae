"""expect: forbidden failed

Makes room for the result by calling cdist.
"""

import torch


def dot(a, b):
    return torch.cdist(a[None], b[None]).zero_().squeeze() + (a * b).sum()
