"""expect: values failed

Counts the rows from one and never fills the first.
"""

import torch


def fold_rows(x, columns):
    if len(x) % columns != 0:
        raise ValueError("does not divide")
    out = torch.zeros(len(x) // columns, columns, dtype=x.dtype, device=x.device)
    for row in range(1, len(out)):
        out[row] = x[row * columns : (row + 1) * columns]
    return out
