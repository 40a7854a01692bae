"""expect: forbidden failed

Multiplies a one-row matrix by a vector.
"""

import torch


def dot(a, b):
    return torch.mv(a.unsqueeze(0), b).squeeze(0)
