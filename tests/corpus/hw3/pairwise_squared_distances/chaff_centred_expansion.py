"""expect: property distances are never negative failed

Expands the square around the mean, which still falls below 0.
"""

def pairwise_squared_distances(x, y):
    middle = x.mean(0)
    x, y = x - middle, y - middle
    return (x * x).sum(1, keepdim=True) + (y * y).sum(1) - 2 * x @ y.T
