"""expect: passed

Goes through NumPy and narrows its float64.
"""

import numpy as np
import torch


def tensor_from_rows(rows):
    array = np.array(rows)
    if array.dtype == np.float64:
        array = array.astype(np.float32)
    elif array.dtype != np.bool_:
        array = array.astype(np.int64)
    return torch.from_numpy(array)
