"""expect: passed

Loops over the features, whose number depends on neither m nor n.
"""


def pairwise_squared_distances(x, y):
    out = x.new_zeros(x.shape[0], y.shape[0])
    for j in range(x.shape[1]):
        out += (x[:, j, None] - y[:, j]) ** 2
    return out
