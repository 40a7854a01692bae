"""expect: passed

Repeats the rows into two equally long tables, subtracts and folds.
"""


def pairwise_squared_distances(x, y):
    m, n = len(x), len(y)
    difference = x.repeat_interleave(n, dim=0) - y.repeat(m, 1)
    return (difference * difference).sum(dim=1).reshape(m, n)
