"""expect: passed

Doubles one element after the other in a tensor of its own.
"""

import torch


def sum_of_squares_gradient(x):
    values = x.detach().reshape(-1)
    gradient = torch.empty(x.numel(), dtype=x.dtype, device=x.device)
    for i in range(x.numel()):
        gradient[i] = values[i] * 2
    return gradient.reshape(x.shape)
