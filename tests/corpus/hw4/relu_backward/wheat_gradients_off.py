"""expect: passed

Turns gradients off in every way there is.
"""

import torch


def relu_backward(grad_output, z):
    with torch.autograd.set_grad_enabled(False):
        slope = (z > 0).to(z.dtype).requires_grad_(False)
        slope.requires_grad = False
        return grad_output * slope
