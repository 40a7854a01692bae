"""expect: dtype failed

Fills a tensor of the default dtype.
"""

import torch


def filled(shape, value):
    return torch.empty(shape).fill_(value)
