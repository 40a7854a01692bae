"""expect: passed

Fills a vector element by element.
"""

import torch


def flatten_columns(x):
    rows, columns = x.shape
    out = torch.empty(rows * columns, dtype=x.dtype, device=x.device)
    for j in range(columns):
        for i in range(rows):
            out[j * rows + i] = x[i, j]
    return out
