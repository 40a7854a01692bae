"""expect: passed

Computes the sigmoid as 1 / (1 + exp(-z)); where exp overflows the quotient is 0.
"""

import torch


def sigmoid_backward(grad_output, z):
    s = 1 / (1 + torch.exp(-z))
    return s * (1 - s) * grad_output
