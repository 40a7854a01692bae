"""expect: values failed

Expands the square without care, which gives negatives and loses digits far from zero.
"""


def pairwise_squared_distances(x, y):
    squares = (x**2).sum(dim=1)[:, None] + (y**2).sum(dim=1)
    return squares - 2 * x @ y.T
