"""expect: passed

Moves both axes at once.
"""

import torch


def swap_axes(x, i, j):
    i, j = i % x.dim(), j % x.dim()
    if i == j:
        return x
    return torch.movedim(x, (i, j), (j, i))
