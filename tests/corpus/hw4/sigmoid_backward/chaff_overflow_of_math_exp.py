"""expect: returns failed

Uses math.exp, which raises an error where torch.exp gives infinity.
"""

import math

import torch


def sigmoid_backward(grad_output, z):
    slopes = torch.empty(z.numel(), dtype=z.dtype, device=z.device)
    for i, value in enumerate(z.reshape(-1)):
        s = 1 / (1 + math.exp(-value.item()))
        slopes[i] = s * (1 - s)
    return grad_output * slopes.reshape(z.shape)
