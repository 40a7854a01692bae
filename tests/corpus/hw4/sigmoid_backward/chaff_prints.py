"""expect: type failed

Prints the gradient and returns nothing.
"""

import torch


def sigmoid_backward(grad_output, z):
    s = torch.sigmoid(z)
    print(grad_output * s * (1 - s))
