"""expect: forbidden failed

Multiplies a chain of two matrices.
"""

import torch


def matmul_by_broadcasting(a, b):
    return torch.linalg.multi_dot((a, b))
