"""expect: shape failed

Returns every squared difference.
"""


def mean_squared_error(prediction, target):
    return (prediction - target.reshape(-1, 1)) ** 2
