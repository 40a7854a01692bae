"""expect: passed

Expands the square, but only after moving the points to the middle of their range.
"""

import torch


def pairwise_squared_distances(x, y):
    # far from zero the expansion loses digits, so the points move to the middle first
    points = torch.cat([x, y])
    middle = points.mean(dim=0)
    x = x - middle
    y = y - middle
    squares = (x * x).sum(dim=1)[:, None] + (y * y).sum(dim=1)[None, :]
    return (squares - 2 * x @ y.T).clamp(min=0)
