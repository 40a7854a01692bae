"""expect: forbidden failed

Imports autograd with importlib by a name that is put together.
"""

import importlib

import torch


def relu_backward(grad_output, z):
    rules = importlib.import_module(".".join(["torch", "autograd"]))
    leaf = torch.nn.Parameter(z.clone())
    return rules.grad(torch.relu(leaf), leaf, grad_output)[0]
