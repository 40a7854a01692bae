"""expect: constant operations failed

Visits every pair in two nested loops.
"""

import torch


def pairwise_squared_distances(x, y):
    out = torch.zeros(x.shape[0], y.shape[0], dtype=x.dtype, device=x.device)
    for i in range(x.shape[0]):
        for j in range(y.shape[0]):
            out[i, j] = ((x[i] - y[j]) ** 2).sum()
    return out
