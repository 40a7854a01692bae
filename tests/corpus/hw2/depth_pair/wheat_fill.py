"""expect: passed

Fills both layers of a new tensor.
"""

import torch


def depth_pair(a, b):
    rows, columns = a.shape
    out = torch.empty(rows, columns, 2, dtype=a.dtype, device=a.device)
    out[:, :, 0] = a
    out[:, :, 1] = b
    return out
