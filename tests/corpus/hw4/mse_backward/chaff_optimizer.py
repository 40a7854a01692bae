"""expect: forbidden failed

Reads the gradient off one optimizer step of size 1 after backward.
"""

import torch


def mse_backward(prediction, target):
    parameter = torch.nn.Parameter(torch.zeros_like(prediction))
    loss = ((parameter + (prediction - target)) ** 2).mean()
    loss.backward()
    torch.optim.SGD([parameter], lr=1.0).step()
    return -parameter.detach()
