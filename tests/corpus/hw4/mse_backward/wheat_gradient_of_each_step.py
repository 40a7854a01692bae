"""expect: passed

Goes back through mean, square and difference one step at a time, under no_grad.
"""

import torch


@torch.no_grad()
def mse_backward(prediction, target):
    difference = prediction - target
    grad_mean = torch.ones((), dtype=prediction.dtype, device=prediction.device)
    grad_square = grad_mean.expand(prediction.shape) / difference.numel()
    grad_difference = grad_square * 2 * difference
    return grad_difference
