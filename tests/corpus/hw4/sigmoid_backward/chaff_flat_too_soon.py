"""expect: values failed

Takes the slope for 0 where it is small.
"""

import torch


def sigmoid_backward(grad_output, z):
    s = torch.sigmoid(z)
    return grad_output * torch.where(z.abs() > 5, torch.zeros_like(s), s * (1 - s))
