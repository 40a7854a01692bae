"""expect: passed

Writes the product in einsum notation.
"""

import numpy as np


def numpy_matmul(a, b):
    return np.einsum("ik,kj->ij", a, b)
