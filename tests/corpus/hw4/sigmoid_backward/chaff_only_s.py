"""expect: values failed

Forgets the factor 1 - s.
"""

import torch


def sigmoid_backward(grad_output, z):
    return grad_output * torch.sigmoid(z)
