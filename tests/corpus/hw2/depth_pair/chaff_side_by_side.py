"""expect: values failed

Joins side by side and folds, so that neighbours of one row are paired.
"""

import torch


def depth_pair(a, b):
    rows, columns = a.shape
    return torch.cat([a, b], dim=1).reshape(rows, columns, 2)
