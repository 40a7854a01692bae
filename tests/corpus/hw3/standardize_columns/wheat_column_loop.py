"""expect: passed

Handles one column after the other.
"""

import torch


def standardize_columns(x):
    out = torch.zeros_like(x)
    for j in range(x.shape[1]):
        column = x[:, j]
        if bool((column == column[0]).all()):
            continue
        centered = column - column.mean()
        out[:, j] = centered / centered.pow(2).mean().sqrt()
    return out
