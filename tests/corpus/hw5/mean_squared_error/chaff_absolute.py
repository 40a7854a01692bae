"""expect: values failed

Takes the mean of absolute differences.
"""


def mean_squared_error(prediction, target):
    return (prediction - target.reshape(-1, 1)).abs().mean()
