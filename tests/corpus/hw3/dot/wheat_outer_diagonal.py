"""expect: passed

Forms all products in an outer product and sums its diagonal.
"""

import torch


def dot(a, b):
    return torch.outer(a, b).diagonal().sum()
