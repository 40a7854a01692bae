"""expect: device failed

Fills a result that always lives on the CPU, column by column.
"""

import torch


def standardize_columns(x):
    out = torch.zeros(x.shape, dtype=x.dtype)
    for j in range(x.shape[1]):
        column = x[:, j] - x[0, j]
        deviation = column.std(correction=0)
        if deviation > 0:
            out[:, j] = (column - column.mean()) / deviation
    return out
