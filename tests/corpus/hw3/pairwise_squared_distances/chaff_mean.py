"""expect: values failed

Takes the mean over the features instead of the sum.
"""


def pairwise_squared_distances(x, y):
    return ((x[:, None, :] - y[None, :, :]) ** 2).mean(dim=-1)
