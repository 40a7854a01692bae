"""expect: values failed

Exchanges grad_output and z.
"""

import torch


def sigmoid_backward(grad_output, z):
    s = torch.sigmoid(grad_output)
    return z * s * (1 - s)
