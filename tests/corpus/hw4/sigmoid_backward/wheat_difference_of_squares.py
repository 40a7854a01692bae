"""expect: passed

Writes the derivative as s - s**2.
"""

import torch


def sigmoid_backward(grad_output, z):
    s = torch.special.expit(z.detach())
    return (s - s.square()) * grad_output
