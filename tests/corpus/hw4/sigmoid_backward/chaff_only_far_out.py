"""expect: values failed

Catches the overflow of `exp` only where `z` is far from 0.
"""

import torch


def sigmoid_backward(grad_output, z):
    e = torch.exp(-z)
    return grad_output * torch.where(z < -500, 0, e / (1 + e) ** 2)
