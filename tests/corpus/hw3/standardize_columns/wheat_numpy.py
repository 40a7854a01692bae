"""expect: passed

Computes in NumPy, where std is the population deviation, and comes back.
"""

import numpy as np
import torch


def standardize_columns(x):
    values = x.cpu().numpy()
    values = values - values[0]
    deviation = values.std(axis=0)
    deviation[deviation == 0] = 1
    result = (values - values.mean(axis=0)) / deviation
    return torch.as_tensor(np.asarray(result), dtype=x.dtype, device=x.device)
