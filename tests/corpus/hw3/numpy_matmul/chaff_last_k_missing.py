"""expect: values failed

Stops the loop over the shared index one short.
"""

import numpy as np


def numpy_matmul(a, b):
    out = np.zeros((a.shape[0], b.shape[1]), dtype=a.dtype)
    for t in range(a.shape[1] - 1):
        out += np.outer(a[:, t], b[t])
    return out
