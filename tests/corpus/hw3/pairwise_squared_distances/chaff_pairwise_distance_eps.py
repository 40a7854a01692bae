"""expect: values failed

Uses pairwise_distance, which adds a small number to every difference.
"""

import torch.nn.functional as F


def pairwise_squared_distances(x, y):
    return F.pairwise_distance(x[:, None, :], y[None, :, :]) ** 2
