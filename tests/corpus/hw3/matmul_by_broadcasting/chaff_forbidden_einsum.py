"""expect: forbidden failed

Writes the product in einsum notation.
"""

import torch


def matmul_by_broadcasting(a, b):
    return torch.einsum("ik,kj->ij", a, b)
