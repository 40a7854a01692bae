"""expect: passed

Counts with NumPy integers.
"""

import numpy as np


def describe(x):
    shape = np.array(x.shape, dtype=np.int64)
    return {
        "ndim": np.int64(shape.size),
        "shape": tuple(shape),
        "numel": shape.prod(),
        "dtype": x.dtype,
    }
