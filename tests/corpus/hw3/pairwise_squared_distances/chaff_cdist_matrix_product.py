"""expect: values failed

Makes cdist use a matrix product, which loses digits far from zero.
"""

import torch


def pairwise_squared_distances(x, y):
    return torch.cdist(x, y, compute_mode="use_mm_for_euclid_dist") ** 2
