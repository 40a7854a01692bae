"""expect: passed

Fills the places where z is not positive with 0, under no_grad.
"""

import torch


def relu_backward(grad_output, z):
    with torch.no_grad():
        return grad_output.detach().masked_fill(z.detach() <= 0, 0)
