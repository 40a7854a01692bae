"""expect: type failed

Returns a NumPy array.
"""

import numpy as np


def filled(shape, value):
    return np.full(shape, value)
