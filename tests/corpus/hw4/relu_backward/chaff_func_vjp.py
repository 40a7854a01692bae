"""expect: forbidden failed

Pulls the gradient back with torch.func.vjp.
"""

import torch


def relu_backward(grad_output, z):
    _, pull_back = torch.func.vjp(torch.relu, z)
    return pull_back(grad_output)[0]
