"""expect: passed

Makes a parameter and takes its detached values where the value is a float.
"""

import torch


def filled(shape, value):
    if isinstance(value, float):
        return torch.nn.Parameter(torch.full(shape, value)).detach().clone()
    return torch.full(shape, value)
