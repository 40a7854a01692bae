"""expect: passed

Divides by the square of a hyperbolic cosine, where a large argument gives infinity and so 0.
"""

import torch


def sigmoid_backward(grad_output, z):
    return grad_output / (2 * torch.cosh(z / 2)) ** 2
