"""expect: passed

Asks NumPy, which takes the memory as it is.
"""

import numpy as np


def as_numpy_view(x):
    return np.asarray(x)
