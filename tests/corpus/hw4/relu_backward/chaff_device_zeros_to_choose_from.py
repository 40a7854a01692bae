"""expect: device failed

Chooses from a tensor of zeros that lives on the CPU.
"""

import torch


def relu_backward(grad_output, z):
    return torch.where(z > 0, grad_output, torch.zeros(z.shape, dtype=z.dtype))
