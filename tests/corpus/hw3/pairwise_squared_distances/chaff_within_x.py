"""expect: shape failed

Compares the rows of x with each other.
"""


def pairwise_squared_distances(x, y):
    return ((x[:, None, :] - x[None, :, :]) ** 2).sum(dim=-1)
