"""expect: passed

Truncates first and converts afterwards.
"""

import torch


def truncate_to_int(x):
    return torch.trunc(x).type(torch.int32)
