"""expect: values failed

Takes the sum instead of the mean.
"""


def mean_squared_error(prediction, target):
    return (prediction - target.reshape(-1, 1)).square().sum()
