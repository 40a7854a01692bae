"""expect: device failed

Wraps the number into a CPU tensor.
"""

import torch


def r_squared(prediction, target):
    target = target.reshape(prediction.shape)
    residual = (target - prediction).square().sum().item()
    total = (target - target.mean()).square().sum().item()
    return torch.tensor(1 - residual / total, dtype=prediction.dtype)
