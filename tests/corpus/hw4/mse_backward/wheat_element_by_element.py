"""expect: passed

Computes one element after the other with a loop.
"""

import torch


def mse_backward(prediction, target):
    count = prediction.numel()
    gradient = torch.zeros(count, dtype=prediction.dtype, device=prediction.device)
    for i, (p, t) in enumerate(zip(prediction.flatten(), target.flatten())):
        gradient[i] = 2 * (p - t) / count
    return gradient.reshape(prediction.shape)
