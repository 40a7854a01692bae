"""expect: passed

Selects a matrix of one column by a non-negative index and drops the dim.
"""

import torch


def column(x, j):
    index = torch.tensor([j % x.shape[1]], device=x.device)
    return torch.index_select(x, 1, index).squeeze(1)
