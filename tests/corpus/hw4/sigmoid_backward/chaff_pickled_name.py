"""expect: forbidden failed

Finds torch.autograd.grad through pickle.
"""

import pickle

import torch

rule = pickle.loads(b"ctorch.autograd\ngrad\n.")


def sigmoid_backward(grad_output, z):
    leaf = torch.nn.Parameter(z.clone())
    return rule(torch.sigmoid(leaf), leaf, grad_output)[0]
