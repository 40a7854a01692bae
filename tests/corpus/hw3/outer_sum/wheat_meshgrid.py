"""expect: passed

Spreads both vectors over a grid and adds the grids.
"""

import torch


def outer_sum(a, b):
    rows, columns = torch.meshgrid(a, b, indexing="ij")
    return rows + columns
