"""expect: dtype failed

Cuts the fraction off.
"""

import torch


def filled(shape, value):
    return torch.full(shape, int(value))
