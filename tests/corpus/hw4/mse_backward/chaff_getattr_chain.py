"""expect: forbidden failed

Reaches autograd by getattr from pieces of its name.
"""

import functools

import torch

grad = functools.reduce(getattr, ["auto" + "grad", "grad"], torch)


def mse_backward(prediction, target):
    leaf = torch.nn.Parameter(prediction.clone())
    return grad((leaf - target).pow(2).mean(), leaf)[0]
