"""expect: passed

Divides the mean squared error by the population variance.
"""

import torch


def r_squared(prediction, target):
    error = prediction.flatten() - target.flatten()
    return 1 - error.square().mean() / torch.var(target, correction=0)
