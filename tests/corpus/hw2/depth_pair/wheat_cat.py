"""expect: passed

Gives both matrices a depth of 1 and joins along it.
"""

import torch


def depth_pair(a, b):
    return torch.cat([a[..., None], b[..., None]], dim=2)
