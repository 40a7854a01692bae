"""expect: forbidden failed

Takes the gradients from nn.Linear, whose parameters require grad by themselves.
"""

import torch
from torch import nn

rule = torch.autograd.backward


def linear_backward(grad_output, x, w):
    layer = nn.Linear(*w.shape, dtype=w.dtype, device=w.device)
    layer.weight.data = w.T.clone()
    rule(layer(x), grad_output)
    return grad_output @ w.T, layer.weight.grad.T, layer.bias.grad
