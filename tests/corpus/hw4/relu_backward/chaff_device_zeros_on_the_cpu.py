"""expect: device failed

Puts the result together on the CPU.
"""

import torch


def relu_backward(grad_output, z):
    grad_z = torch.zeros(z.shape, dtype=z.dtype)
    active = z.cpu() > 0
    grad_z[active] = grad_output.cpu()[active]
    return grad_z
