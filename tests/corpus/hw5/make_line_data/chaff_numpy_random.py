"""expect: dtype failed

Draws with NumPy, which gives float64.
"""

import numpy as np
import torch


def make_line_data(n, slope, intercept, noise, seed):
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((n, 1))
    y = slope * x + intercept + noise * rng.standard_normal((n, 1))
    return torch.from_numpy(x), torch.from_numpy(y)
