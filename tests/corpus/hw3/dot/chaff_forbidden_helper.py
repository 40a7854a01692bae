"""expect: forbidden failed

Hides the call in a helper with a harmless name.
"""

import torch


def multiply_and_add(a, b):
    return torch.matmul(a, b)


def dot(a, b):
    return multiply_and_add(a, b)
