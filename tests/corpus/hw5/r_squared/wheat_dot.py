"""expect: passed

Takes dot products of the residuals and of the centred targets with themselves.
"""

import torch


def r_squared(prediction, target):
    if target.dim() == 2:
        target = target.squeeze(1)
    residual = target - prediction.squeeze(1)
    centred = target - target.mean()
    return 1.0 - torch.dot(residual, residual) / torch.dot(centred, centred)
