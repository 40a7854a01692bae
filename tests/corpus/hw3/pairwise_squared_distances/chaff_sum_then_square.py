"""expect: values failed

Squares the sum of the differences.
"""


def pairwise_squared_distances(x, y):
    return (x[:, None, :] - y[None, :, :]).sum(dim=-1) ** 2
