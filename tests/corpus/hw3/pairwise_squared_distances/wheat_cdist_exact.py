"""expect: passed

Squares cdist, told not to use a matrix product.
"""

import torch


def pairwise_squared_distances(x, y):
    distances = torch.cdist(x, y, compute_mode="donot_use_mm_for_euclid_dist")
    return distances.square()
