"""expect: forbidden failed

Multiplies a chain of two vectors.
"""

import torch


def dot(a, b):
    return torch.linalg.multi_dot([a, b])
