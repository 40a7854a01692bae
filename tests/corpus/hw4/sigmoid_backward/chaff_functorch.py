"""expect: forbidden failed

Takes the gradient from the package functorch, under another name.
"""

import functorch as tools
import torch


def sigmoid_backward(grad_output, z):
    return tools.grad(lambda x: (grad_output * torch.sigmoid(x)).sum())(z)
