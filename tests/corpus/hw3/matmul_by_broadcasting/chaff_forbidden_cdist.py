"""expect: forbidden failed

Makes room for the result by calling cdist.
"""

import torch


def matmul_by_broadcasting(a, b):
    return torch.cdist(a, b.T).copy_((a[:, :, None] * b).sum(1))
