"""expect: values failed

Forgets to square what cdist returns.
"""

import torch


def pairwise_squared_distances(x, y):
    return torch.cdist(x, y, compute_mode="donot_use_mm_for_euclid_dist")
