"""expect: passed

Multiplies and sums with the functions of the torch module.
"""

import torch


def dot(a, b):
    return torch.sum(torch.multiply(a, b))
