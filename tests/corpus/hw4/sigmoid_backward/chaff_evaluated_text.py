"""expect: forbidden failed

Evaluates the name of torch.func.vjp from a string.
"""

import torch


def sigmoid_backward(grad_output, z):
    vjp = eval("torch.fu" + "nc.vjp")
    return vjp(torch.sigmoid, z)[1](grad_output)[0]
