"""expect: returns failed

Pairs row i of x with row i of y only.
"""


def pairwise_squared_distances(x, y):
    return ((x - y) ** 2).sum(dim=1)
