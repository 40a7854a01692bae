"""expect: writable failed

Expands one element, so that all elements share one place in memory.
"""

import torch


def filled(shape, value):
    return torch.tensor(value).expand(shape)
