"""expect: values failed

Subtracts a target [n] from a prediction [n, 1], which broadcasts to [n, n].
"""


def mean_squared_error(prediction, target):
    return ((prediction - target) ** 2).mean()
