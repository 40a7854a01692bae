"""expect: forbidden failed

Adds up by hand for short vectors and calls dot for longer ones.
"""

import torch


def dot(a, b):
    if len(a) < 3:
        return (a * b).sum()
    return torch.dot(a, b)
