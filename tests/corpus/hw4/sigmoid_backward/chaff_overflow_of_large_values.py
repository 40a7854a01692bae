"""expect: values failed

Divides infinity by infinity for large z.
"""

import torch


def sigmoid_backward(grad_output, z):
    s = torch.exp(z) / (1 + torch.exp(z))
    return grad_output * s * (1 - s)
