"""expect: shape failed

Uses np.outer, which flattens its arguments.
"""

import numpy as np


def numpy_matmul(a, b):
    return np.outer(a, b)
