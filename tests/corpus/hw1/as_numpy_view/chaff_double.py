"""expect: dtype failed

Converts to float64.
"""

import numpy as np


def as_numpy_view(x):
    return np.asarray(x, dtype=np.float64)
