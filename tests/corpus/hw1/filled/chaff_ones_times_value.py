"""expect: dtype failed

Multiplies float ones.
"""

import torch


def filled(shape, value):
    return torch.ones(shape) * value
