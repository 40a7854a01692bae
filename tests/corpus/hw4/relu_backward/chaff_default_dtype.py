"""expect: dtype failed

Collects the result in a tensor of the default dtype.
"""

import torch


def relu_backward(grad_output, z):
    grad_z = torch.zeros(z.shape, device=z.device)
    active = z > 0
    grad_z[active] = grad_output[active].to(grad_z.dtype)
    return grad_z
