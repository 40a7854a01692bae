"""expect: device failed

Wraps the number into a CPU tensor.
"""

import torch


def mean_squared_error(prediction, target):
    error = prediction - target.reshape(-1, 1)
    return torch.tensor(error.square().mean().item(), dtype=prediction.dtype)
