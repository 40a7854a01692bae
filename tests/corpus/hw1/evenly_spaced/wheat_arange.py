"""expect: passed

Scales and shifts whole numbers, in double precision until the last step.
"""

import torch


def evenly_spaced(start, end, steps):
    if steps == 1:
        return torch.full((1,), start, dtype=torch.float32)
    step = (end - start) / (steps - 1)
    numbers = torch.arange(steps, dtype=torch.float64)
    return (start + step * numbers).to(torch.float32)
