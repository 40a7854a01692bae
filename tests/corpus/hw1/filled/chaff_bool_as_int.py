"""expect: dtype failed

Treats a bool as an integer.
"""

import torch


def filled(shape, value):
    if isinstance(value, int):
        return torch.full(shape, value, dtype=torch.int64)
    return torch.full(shape, value)
