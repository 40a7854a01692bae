"""expect: shape failed

Makes one dim that holds all elements.
"""

import math

import torch


def filled(shape, value):
    return torch.full((math.prod(shape),), value)
