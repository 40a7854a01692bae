"""expect: passed

Fills an own array.
"""

import numpy as np


def as_numpy_copy(x):
    array = x.detach().numpy()
    out = np.empty_like(array)
    out[...] = array
    return out
