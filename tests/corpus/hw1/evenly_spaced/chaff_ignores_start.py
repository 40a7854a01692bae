"""expect: values failed

Starts at 0.
"""

import torch


def evenly_spaced(start, end, steps):
    if steps == 1:
        return torch.full((1,), float(start))
    return torch.linspace(0, end, steps)
