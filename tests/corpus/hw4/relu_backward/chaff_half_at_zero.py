"""expect: values failed

Lets half of the gradient through at z = 0.
"""

import torch


def relu_backward(grad_output, z):
    return grad_output * (torch.sign(z) + 1) / 2
