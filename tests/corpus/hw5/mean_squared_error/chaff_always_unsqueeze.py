"""expect: values failed

Adds a dimension to every target, also to one that is a column already.
"""


def mean_squared_error(prediction, target):
    return ((prediction - target.unsqueeze(1)) ** 2).mean()
