"""expect: values failed

Divides infinity by infinity for very negative z.
"""

import torch


def sigmoid_backward(grad_output, z):
    e = torch.exp(-z)
    return grad_output * e / (1 + e) ** 2
