"""expect: passed

Repeats the value in a Python list and folds it.
"""

import math

import torch


def filled(shape, value):
    count = math.prod(shape)
    return torch.tensor([value] * count, dtype=torch.tensor(value).dtype).reshape(shape)
