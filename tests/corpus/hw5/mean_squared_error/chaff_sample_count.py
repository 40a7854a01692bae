"""expect: values failed

Divides by one row too few, like a sample variance.
"""


def mean_squared_error(prediction, target):
    error = prediction - target.reshape(-1, 1)
    return error.square().sum() / max(len(error) - 1, 1)
