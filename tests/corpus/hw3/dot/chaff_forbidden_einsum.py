"""expect: forbidden failed

Writes the sum in einsum notation.
"""

import torch


def dot(a, b):
    return torch.einsum("i,i->", a, b)
