"""expect: passed

Calls np.matmul.
"""

import numpy as np


def numpy_matmul(a, b):
    return np.matmul(a, b)
