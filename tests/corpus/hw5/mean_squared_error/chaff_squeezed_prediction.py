"""expect: values failed

Squeezes the prediction only, so that a target [n, 1] broadcasts.
"""


def mean_squared_error(prediction, target):
    return ((prediction.squeeze(1) - target) ** 2).mean()
