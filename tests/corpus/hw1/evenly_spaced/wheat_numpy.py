"""expect: passed

Lets NumPy compute in float64 and narrows.
"""

import numpy as np
import torch


def evenly_spaced(start, end, steps):
    values = np.linspace(start, end, steps)
    return torch.tensor(values, dtype=torch.float32)
