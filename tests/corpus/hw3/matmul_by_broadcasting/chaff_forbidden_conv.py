"""expect: forbidden failed

Uses a convolution with a kernel of width 1.
"""

import torch.nn.functional as F


def matmul_by_broadcasting(a, b):
    return F.conv1d(a[:, :, None], b.T[:, :, None])[:, :, 0]
