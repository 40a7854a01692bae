"""expect: passed

Rounds negative numbers up and the others down.
"""

import torch


def truncate_to_int(x):
    return torch.where(x < 0, x.ceil(), x.floor()).int()
