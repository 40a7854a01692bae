"""expect: passed

Uses that the derivative is an even function, so that exp never overflows.
"""

import torch


def sigmoid_backward(grad_output, z):
    e = torch.exp(-z.abs())
    return grad_output * e / (1 + e) ** 2
