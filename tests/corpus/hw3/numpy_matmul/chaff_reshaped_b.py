"""expect: values failed

Reshapes b where a transpose is needed.
"""

import numpy as np


def numpy_matmul(a, b):
    columns = b.reshape(b.shape[1], b.shape[0])
    return (a[:, None, :] * columns[None, :, :]).sum(axis=-1)
