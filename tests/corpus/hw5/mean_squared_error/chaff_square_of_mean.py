"""expect: values failed

Squares the mean instead of averaging the squares.
"""


def mean_squared_error(prediction, target):
    return (prediction - target.reshape(-1, 1)).mean() ** 2
