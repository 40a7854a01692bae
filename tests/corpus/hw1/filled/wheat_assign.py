"""expect: passed

Assigns to all elements at once.
"""

import torch


def filled(shape, value):
    out = torch.zeros(shape, dtype=torch.tensor(value).dtype)
    out[...] = value
    return out
