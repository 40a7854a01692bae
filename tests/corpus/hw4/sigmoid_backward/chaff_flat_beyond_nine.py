"""expect: values failed

Takes the sigmoid for flat where |z| is above 9, to be safe from overflow.
"""

import torch


def sigmoid_backward(grad_output, z):
    safe = z.clamp(-9, 9)
    s = 1 / (1 + torch.exp(-safe))
    return torch.where(z.abs() > 9, 0, grad_output * s * (1 - s))
