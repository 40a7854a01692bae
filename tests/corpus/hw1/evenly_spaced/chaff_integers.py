"""expect: dtype failed

Rounds the values to integers.
"""

import torch


def evenly_spaced(start, end, steps):
    return torch.linspace(start, end, steps).long()
