"""expect: dtype failed

Converts to float32.
"""

import torch


def swap_axes(x, i, j):
    return x.to(torch.float32).transpose(i, j)
