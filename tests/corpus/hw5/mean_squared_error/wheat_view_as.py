"""expect: passed

Gives the target the shape of the prediction and uses torch.mean.
"""

import torch


def mean_squared_error(prediction, target):
    return torch.mean((prediction - target.reshape_as(prediction)) ** 2)
