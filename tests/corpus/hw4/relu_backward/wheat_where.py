"""expect: passed

Chooses with torch.where.
"""

import torch


def relu_backward(grad_output, z):
    return torch.where(z > 0, grad_output, torch.zeros_like(grad_output))
