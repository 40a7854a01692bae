"""expect: values failed

Returns the slope and ignores grad_output.
"""

import torch


def sigmoid_backward(grad_output, z):
    s = torch.sigmoid(z)
    return s * (1 - s)
