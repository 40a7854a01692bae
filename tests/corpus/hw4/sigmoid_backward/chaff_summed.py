"""expect: shape failed

Sums the gradient over all elements.
"""

import torch


def sigmoid_backward(grad_output, z):
    s = torch.sigmoid(z)
    return (grad_output * s * (1 - s)).sum()
