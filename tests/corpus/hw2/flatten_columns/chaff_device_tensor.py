"""expect: device failed

Builds the result with `torch.tensor`, which puts it on the CPU.
"""

import torch


def flatten_columns(x):
    rows, columns = x.shape
    values = [x[i, j].item() for j in range(columns) for i in range(rows)]
    return torch.tensor(values, dtype=x.dtype)
