"""expect: device failed

Subtracts from a tensor of ones that lives on the CPU.
"""

import torch


def sigmoid_backward(grad_output, z):
    s = torch.sigmoid(z)
    return grad_output * s * (torch.ones(z.shape, dtype=z.dtype) - s)
