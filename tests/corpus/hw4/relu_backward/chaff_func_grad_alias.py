"""expect: forbidden failed

Imports torch.func.grad under another name at the top of the file.
"""

import torch
from torch.func import grad as slope


def relu_backward(grad_output, z):
    return slope(lambda v: (torch.relu(v) * grad_output).sum())(z)
