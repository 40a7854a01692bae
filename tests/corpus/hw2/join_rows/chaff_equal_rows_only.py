"""expect: returns failed

Stacks and flattens, which works for equal numbers of rows only.
"""

import torch


def join_rows(a, b):
    return torch.stack([a, b]).flatten(0, 1)
