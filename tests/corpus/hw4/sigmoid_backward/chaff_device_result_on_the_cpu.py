"""expect: device failed

Collects the slopes on the CPU and brings the gradient there.
"""

import torch


def sigmoid_backward(grad_output, z):
    s = torch.sigmoid(z.cpu())
    return grad_output.cpu() * s * (1 - s)
