"""expect: shape failed

Reads the shape backwards.
"""

import torch


def filled(shape, value):
    return torch.full(tuple(reversed(shape)), value)
