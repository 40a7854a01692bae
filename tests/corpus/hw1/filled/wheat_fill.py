"""expect: passed

Fills an uninitialised tensor of the right dtype.
"""

import torch


def filled(shape, value):
    dtype = torch.tensor(value).dtype
    return torch.empty(shape, dtype=dtype).fill_(value)
