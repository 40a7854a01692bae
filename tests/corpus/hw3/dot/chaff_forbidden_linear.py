"""expect: forbidden failed

Uses the linear layer's function with one vector as the weight.
"""

import torch.nn.functional as F


def dot(a, b):
    return F.linear(a, b)
