"""expect: passed

Takes the dot product of the difference with itself.
"""

import torch


def mean_squared_error(prediction, target):
    error = prediction.reshape(-1) - target.reshape(-1)
    return torch.dot(error, error) / error.numel()
