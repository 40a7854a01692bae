"""expect: values failed

Adds absolute differences.
"""


def pairwise_squared_distances(x, y):
    return (x[:, None, :] - y[None, :, :]).abs().sum(dim=-1)
