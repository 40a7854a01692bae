"""expect: values failed

Approximates the slope by a difference quotient.
"""

import torch


def sigmoid_backward(grad_output, z):
    step = 1e-2
    return grad_output * (torch.sigmoid(z + step) - torch.sigmoid(z)) / step
