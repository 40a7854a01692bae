"""expect: passed

Indexes `x` with a matrix of positions.
"""

import torch


def fold_rows(x, columns):
    if x.size(0) % columns > 0:
        raise ValueError
    rows = x.size(0) // columns
    first = torch.arange(rows, device=x.device) * columns
    offset = torch.arange(columns, device=x.device)
    return x[first[:, None] + offset]
