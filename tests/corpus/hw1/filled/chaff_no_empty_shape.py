"""expect: shape failed

Takes an empty shape for one element in one dim.
"""

import torch


def filled(shape, value):
    return torch.full(shape or (1,), value)
