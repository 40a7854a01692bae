"""expect: forbidden failed

Uses the function behind the linear layer.
"""

import torch.nn.functional as F


def matmul_by_broadcasting(a, b):
    return F.linear(a, b.T)
