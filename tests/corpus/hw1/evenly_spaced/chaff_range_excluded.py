"""expect: shape failed

`arange` stops before the end.
"""

import torch


def evenly_spaced(start, end, steps):
    if steps == 1 or start == end:
        return torch.full((steps,), float(start))
    step = (end - start) / (steps - 1)
    return torch.arange(start, end, step, dtype=torch.float32)
