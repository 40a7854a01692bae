"""expect: shape failed

Stacks in front.
"""

import torch


def depth_pair(a, b):
    return torch.stack([a, b])
