"""expect: passed

Says itself where the corner begins and how it lies in memory.
"""

import torch


def corner(x, rows, columns):
    return torch.as_strided(x, (rows, columns), x.stride(), x.storage_offset())
