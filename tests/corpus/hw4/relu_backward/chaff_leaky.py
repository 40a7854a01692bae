"""expect: values failed

Lets a hundredth of the gradient through where z is negative.
"""

import torch


def relu_backward(grad_output, z):
    return torch.where(z > 0, grad_output, 0.01 * grad_output)
