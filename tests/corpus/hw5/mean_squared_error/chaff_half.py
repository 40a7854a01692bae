"""expect: values failed

Halves the mean.
"""


def mean_squared_error(prediction, target):
    return (prediction - target.reshape(-1, 1)).square().mean() / 2
