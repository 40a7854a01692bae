"""expect: passed

Uses the NumPy name.
"""

import torch


def join_rows(a, b):
    return torch.vstack((a, b))
