"""expect: passed

Computes the output of relu; its sign is the derivative.
"""

import torch.nn.functional as F


def relu_backward(grad_output, z):
    output = F.relu(z)
    return grad_output * output.sign()
