"""expect: forbidden failed

Hides the Jacobian in a helper function.
"""

import torch


def all_slopes(function, z):
    return torch.autograd.functional.jacobian(function, z)


def relu_backward(grad_output, z):
    return all_slopes(lambda v: (torch.relu(v) * grad_output).sum(), z)
