"""expect: forbidden failed

Lets torch.func.grad differentiate the loss.
"""

import torch


def mse_backward(prediction, target):
    return torch.func.grad(torch.nn.functional.mse_loss)(prediction, target)
