"""expect: arguments unchanged failed

Moves the caller's points to the mean of x.
"""


def pairwise_squared_distances(x, y):
    middle = x.mean(dim=0)
    x -= middle
    y -= middle
    return ((x[:, None, :] - y[None, :, :]) ** 2).sum(dim=-1)
