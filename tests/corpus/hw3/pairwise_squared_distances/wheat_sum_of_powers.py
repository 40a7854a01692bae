"""expect: passed

Broadcasts with unsqueeze and squares with the power operator.
"""

import torch


def pairwise_squared_distances(x, y):
    difference = x.unsqueeze(1) - y.unsqueeze(0)
    return torch.sum(difference**2, dim=2)
