"""expect: returns failed

Divides by zero for a single step.
"""

import torch


def evenly_spaced(start, end, steps):
    step = (end - start) / (steps - 1)
    return torch.tensor([float(start + k * step) for k in range(steps)])
