"""expect: forbidden failed

Calls the operation behind torch.dot directly.
"""

import torch

multiply_and_add = torch.ops.aten.dot.default


def dot(a, b):
    return multiply_and_add(a, b)
