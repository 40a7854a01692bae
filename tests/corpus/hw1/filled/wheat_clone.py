"""expect: passed

Expands one element and clones it, so that every element has its own place.
"""

import torch


def filled(shape, value):
    return torch.tensor(value).expand(shape).clone()
