"""expect: passed

Joins the columns one after the other.
"""

import torch


def flatten_columns(x):
    start = x.new_empty(0)
    return torch.cat([start, *x.unbind(1)])
