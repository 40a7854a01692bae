"""expect: values failed

Uses 1 - s**2, which belongs to tanh.
"""

import torch


def sigmoid_backward(grad_output, z):
    s = torch.sigmoid(z)
    return grad_output * (1 - s**2)
