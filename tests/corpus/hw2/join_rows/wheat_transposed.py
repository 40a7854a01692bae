"""expect: passed

Joins the transposed matrices along their columns and transposes back.
"""

import torch


def join_rows(a, b):
    return torch.cat((a.T, b.T), dim=1).T
