"""expect: passed

Looks at one element after the other with a loop.
"""

import torch


def relu_backward(grad_output, z):
    grad_z = torch.zeros(z.numel(), dtype=grad_output.dtype, device=grad_output.device)
    outer = grad_output.reshape(-1)
    inputs = z.reshape(-1)
    for i in range(z.numel()):
        if inputs[i] > 0:
            grad_z[i] = outer[i]
    return grad_z.reshape(z.shape)
