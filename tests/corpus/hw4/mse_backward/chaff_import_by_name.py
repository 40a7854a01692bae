"""expect: forbidden failed

Imports autograd through __import__.
"""

import torch


def mse_backward(prediction, target):
    engine = __import__("torch." + "autograd").autograd
    leaf = torch.nn.Parameter(prediction.clone())
    engine.backward(((leaf - target) ** 2).mean())
    return leaf.grad
