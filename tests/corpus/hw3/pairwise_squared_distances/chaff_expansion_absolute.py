"""expect: values failed

Takes the absolute value of the expansion, which hides the lost digits.
"""

import torch


def pairwise_squared_distances(x, y):
    cross = torch.matmul(x, y.transpose(0, 1))
    squares = x.pow(2).sum(1, keepdim=True) + y.pow(2).sum(1)
    return torch.abs(squares - 2 * cross)
