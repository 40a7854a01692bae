"""expect: values failed

Applies the sigmoid twice before it takes the derivative.
"""

import torch


def sigmoid_backward(grad_output, z):
    s = torch.sigmoid(torch.sigmoid(z))
    return grad_output * s * (1 - s)
