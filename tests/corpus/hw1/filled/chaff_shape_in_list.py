"""expect: returns failed

Takes the shape for a single size.
"""

import torch


def filled(shape, value):
    return torch.full((shape,), value)
