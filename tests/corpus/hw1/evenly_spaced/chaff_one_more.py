"""expect: shape failed

Makes as many steps between values as values were asked for.
"""

import torch


def evenly_spaced(start, end, steps):
    return torch.linspace(start, end, steps + 1)
