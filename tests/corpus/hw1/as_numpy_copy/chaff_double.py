"""expect: dtype failed

Converts to float64.
"""

import numpy as np


def as_numpy_copy(x):
    return x.detach().numpy().astype(np.float64)
