"""expect: shape failed

Returns the Jacobian, a diagonal matrix, instead of multiplying it with the gradient.
"""

import torch


def sigmoid_backward(grad_output, z):
    s = torch.sigmoid(z)
    return torch.diag((grad_output * s * (1 - s)).flatten())
