"""expect: forbidden failed

Imports autograd under an innocent name.
"""

import torch
from torch import autograd as rules


def relu_backward(grad_output, z):
    leaf = torch.zeros_like(z, requires_grad=True)
    return rules.grad(torch.relu(leaf + z), leaf, grad_output)[0]
