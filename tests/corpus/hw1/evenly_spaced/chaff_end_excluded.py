"""expect: values failed

Divides by the number of values, so that the end is never reached.
"""

import torch


def evenly_spaced(start, end, steps):
    step = (end - start) / steps
    return torch.tensor([float(start + k * step) for k in range(steps)])
