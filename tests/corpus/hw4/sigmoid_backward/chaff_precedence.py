"""expect: values failed

Misses the brackets around 1 - s.
"""

import torch


def sigmoid_backward(grad_output, z):
    s = torch.sigmoid(z)
    return grad_output * s * 1 - s
