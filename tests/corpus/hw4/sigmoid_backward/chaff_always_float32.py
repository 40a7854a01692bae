"""expect: dtype failed

Converts z to float32.
"""

import torch


def sigmoid_backward(grad_output, z):
    s = torch.sigmoid(z.float())
    return grad_output.float() * s * (1 - s)
