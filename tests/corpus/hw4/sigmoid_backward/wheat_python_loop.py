"""expect: passed

Computes each element with the math module and chooses the branch that cannot overflow.
"""

import math

import torch


def sigmoid(value):
    if value >= 0:
        return 1 / (1 + math.exp(-value))
    return math.exp(value) / (1 + math.exp(value))


def sigmoid_backward(grad_output, z):
    slopes = torch.empty(z.numel(), dtype=z.dtype, device=z.device)
    for i, value in enumerate(z.reshape(-1)):
        s = sigmoid(value.item())
        slopes[i] = s * (1 - s)
    return grad_output * slopes.reshape(z.shape)
