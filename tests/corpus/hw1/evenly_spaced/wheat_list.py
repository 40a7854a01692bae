"""expect: passed

Computes the values in Python.
"""

import torch


def evenly_spaced(start, end, steps):
    if steps == 1:
        return torch.tensor([float(start)])
    step = (end - start) / (steps - 1)
    return torch.tensor([float(start + k * step) for k in range(steps)])
