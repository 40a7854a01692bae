"""expect: shares memory failed

`np.array` copies.
"""

import numpy as np


def as_numpy_view(x):
    return np.array(x)
