"""expect: shape failed

Is off by one and loses the last row.
"""

import torch


def join_rows(a, b):
    return torch.cat([a, b])[: len(a) + len(b) - 1]
