"""expect: device failed

Collects the squared differences in CPU zeros.
"""

import torch


def mean_squared_error(prediction, target):
    squares = torch.zeros(len(prediction), dtype=prediction.dtype)
    squares += (prediction.reshape(-1) - target.reshape(-1)) ** 2
    return squares.mean()
