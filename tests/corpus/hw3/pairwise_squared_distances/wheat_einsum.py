"""expect: passed

Lets einsum square and sum the differences.
"""

import torch


def pairwise_squared_distances(x, y):
    difference = x[:, None] - y[None]
    return torch.einsum("mnd,mnd->mn", difference, difference)
