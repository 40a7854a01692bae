"""expect: forbidden failed

Lets autograd differentiate the ready-made loss on a copy.
"""

import torch.nn.functional as F


def mse_backward(prediction, target):
    copy = prediction.detach().clone().requires_grad_(True)
    F.mse_loss(copy, target).backward()
    return copy.grad
