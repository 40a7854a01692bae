"""expect: passed

Fills a vector in a loop.
"""

import torch


def evenly_spaced(start, end, steps):
    out = torch.empty(steps)
    out[0] = start
    for k in range(1, steps):
        out[k] = start + (end - start) * k / (steps - 1)
    return out
