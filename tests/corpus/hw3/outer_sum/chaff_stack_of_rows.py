"""expect: returns failed

Stacks a list of rows, and stack refuses the empty list of an empty a.
"""

import torch


def outer_sum(a, b):
    return torch.stack([p + b for p in a])
