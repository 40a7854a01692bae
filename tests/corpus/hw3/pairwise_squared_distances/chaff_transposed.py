"""expect: shape failed

Puts the rows of y first.
"""


def pairwise_squared_distances(x, y):
    return ((y[:, None, :] - x[None, :, :]) ** 2).sum(dim=-1)
