"""expect: returns failed

Unpacks the shape into exactly two sizes.
"""

import torch


def scaled_difference(a, b, scale):
    rows, columns = a.shape
    out = torch.zeros_like(a)
    for i in range(rows):
        for j in range(columns):
            out[i, j] = (a[i, j] - b[i, j]) * scale
    return out
