"""expect: values failed

Takes the sigmoid for flat where |z| is above 5, to be safe from overflow.
"""

import torch


def sigmoid_backward(grad_output, z):
    safe = z.clamp(-5, 5)
    s = 1 / (1 + torch.exp(-safe))
    return torch.where(z.abs() > 5, 0, grad_output * s * (1 - s))
