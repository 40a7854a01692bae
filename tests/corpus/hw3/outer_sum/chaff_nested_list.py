"""expect: shape failed

Builds a nested list, which loses the number of columns when a is empty.
"""

import torch


def outer_sum(a, b):
    rows = [[p + q for q in b.tolist()] for p in a.tolist()]
    return torch.tensor(rows, dtype=a.dtype, device=a.device)
