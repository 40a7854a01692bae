"""expect: passed

Adds one squared difference after the other.
"""

import torch


def mean_squared_error(prediction, target):
    total = torch.zeros((), dtype=prediction.dtype, device=prediction.device)
    for p, t in zip(prediction.reshape(-1), target.reshape(-1)):
        total += (p - t) ** 2
    return total / prediction.shape[0]
