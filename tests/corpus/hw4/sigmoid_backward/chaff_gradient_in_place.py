"""expect: arguments unchanged failed

Multiplies the slope into grad_output.
"""

import torch


def sigmoid_backward(grad_output, z):
    s = torch.sigmoid(z)
    grad_output *= s * (1 - s)
    return grad_output.clone()
