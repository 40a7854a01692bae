"""expect: values failed

Stacks in front and reshapes, so that the elements keep their order.
"""

import torch


def depth_pair(a, b):
    return torch.stack([a, b]).reshape(*a.shape, 2)
