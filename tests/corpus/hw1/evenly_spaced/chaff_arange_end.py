"""expect: shape failed

Lets `arange` run to the end plus one rounded step, which sometimes gives a value too many.
"""

import torch


def evenly_spaced(start, end, steps):
    if steps == 1 or start == end:
        return torch.full((steps,), float(start))
    step = (end - start) / (steps - 1)
    return torch.arange(start, end + step, step, dtype=torch.float32)
