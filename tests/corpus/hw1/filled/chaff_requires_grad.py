"""expect: requires grad failed

Turns gradients on for floats, after which no element can be changed in place.
"""

import torch


def filled(shape, value):
    return torch.full(shape, value, requires_grad=isinstance(value, float))
