"""expect: forbidden failed

Calls the operation that autograd itself uses.
"""

import torch


def mse_backward(prediction, target):
    one = torch.ones((), dtype=prediction.dtype, device=prediction.device)
    return torch.ops.aten.mse_loss_backward(one, prediction, target, 1)
