"""expect: passed

Calls torch.sub and torch.mul instead of writing operators.
"""

import torch


def scaled_difference(a, b, scale):
    return torch.mul(torch.sub(a, b), scale)
