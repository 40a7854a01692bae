"""expect: passed

Writes the product in einsum notation.
"""

import torch


def batched_matmul(a, b):
    return torch.einsum("bik,bkj->bij", a, b)
