"""expect: values failed

Clamps z against overflow to so small a range that the slope never comes near 0.
"""

import torch


def sigmoid_backward(grad_output, z):
    s = torch.sigmoid(z.clamp(-4, 4))
    return grad_output * s * (1 - s)
