"""expect: dtype failed

Goes through NumPy and keeps its float64.
"""

import numpy as np
import torch


def filled(shape, value):
    return torch.from_numpy(np.array(np.full(shape, value)))
