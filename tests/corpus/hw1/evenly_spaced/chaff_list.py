"""expect: type failed

Returns a list.
"""

import torch


def evenly_spaced(start, end, steps):
    return torch.linspace(start, end, steps).tolist()
