"""expect: passed

Adds a dimension only to a target that lacks it.
"""


def mean_squared_error(prediction, target):
    if target.ndim == 1:
        target = target.unsqueeze(1)
    return ((prediction - target) ** 2).mean()
