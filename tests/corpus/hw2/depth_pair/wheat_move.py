"""expect: passed

Stacks in front and moves the new dim to the end.
"""

import torch


def depth_pair(a, b):
    return torch.stack([a, b]).movedim(0, -1)
