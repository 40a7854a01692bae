"""expect: shape failed

Stacks along dim 1.
"""

import torch


def depth_pair(a, b):
    return torch.stack([a, b], dim=1)
