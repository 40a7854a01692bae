"""expect: values failed

Divides relu(z) by z, which is not a number at z = 0.
"""

import torch


def relu_backward(grad_output, z):
    return grad_output * torch.relu(z) / z
