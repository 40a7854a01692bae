"""expect: device failed

Fills the baseline prediction on the CPU.
"""

import torch


def r_squared(prediction, target):
    target = target.reshape(-1, 1)
    baseline = torch.full((len(target), 1), target.mean().item(), dtype=target.dtype)
    residual = (target - prediction).square().sum()
    return 1 - residual / (target - baseline).square().sum()
