"""expect: values failed

Counts from the end, which is wrong for a single step.
"""

import torch


def evenly_spaced(start, end, steps):
    return torch.linspace(end, start, steps).flip(0)
