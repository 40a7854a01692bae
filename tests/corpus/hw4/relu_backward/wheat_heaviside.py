"""expect: passed

Multiplies with the step function that is 0 at 0.
"""

import torch


def relu_backward(grad_output, z):
    step = torch.heaviside(z, torch.zeros_like(z))
    return step.mul(grad_output)
