"""expect: forbidden failed

Calls torch.vdot.
"""

import torch


def dot(a, b):
    return torch.vdot(a, b)
