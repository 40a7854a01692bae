"""expect: device failed

Copies into a matrix that is always made on the CPU.
"""

import torch


def fold_rows(x, columns):
    if len(x) % columns != 0:
        raise ValueError("does not divide")
    out = torch.empty(len(x) // columns, columns, dtype=x.dtype)
    for row in range(len(out)):
        out[row] = x[row * columns : (row + 1) * columns]
    return out
