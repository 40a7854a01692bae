"""expect: values failed

Applies relu to the masked gradient as well and loses its negative values.
"""

import torch


def relu_backward(grad_output, z):
    return torch.relu(grad_output * (z > 0))
