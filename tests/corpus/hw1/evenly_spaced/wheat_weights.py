"""expect: passed

Mixes both ends with weights from 0 to 1.
"""

import torch


def evenly_spaced(start, end, steps):
    t = torch.arange(steps, dtype=torch.float64) / max(steps - 1, 1)
    return (start * (1 - t) + end * t).float()
