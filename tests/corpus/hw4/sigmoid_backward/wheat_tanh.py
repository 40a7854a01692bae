"""expect: passed

Goes through the hyperbolic tangent of z / 2, under no_grad.
"""

import torch


@torch.no_grad()
def sigmoid_backward(grad_output, z):
    t = (z / 2).tanh()
    return grad_output * (1 - t**2) / 4
