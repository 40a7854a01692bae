"""expect: python number failed

Returns np.float64 for floats: a subclass of float, but NumPy's own.
"""

import numpy as np


def python_number(x):
    if x.numel() != 1:
        raise ValueError("one element, please")
    number = x.item()
    return np.float64(number) if isinstance(number, float) else number
