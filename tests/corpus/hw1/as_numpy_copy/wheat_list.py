"""expect: passed

Goes through Python numbers and names the dtype.
"""

import numpy as np


def as_numpy_copy(x):
    dtype = x.detach().numpy().dtype
    return np.array(x.flatten().tolist(), dtype=dtype).reshape(x.shape)
