"""expect: forbidden failed

Hides requires_grad in a parameter and backward in an unbound method.
"""

import torch
from torch import nn

go_back = torch.Tensor.backward


def sigmoid_backward(grad_output, z):
    parameter = nn.Parameter(z.clone())
    go_back((torch.sigmoid(parameter) * grad_output).sum())
    return parameter.grad.detach()
