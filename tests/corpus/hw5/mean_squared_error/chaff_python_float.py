"""expect: type failed

Returns a Python number.
"""


def mean_squared_error(prediction, target):
    return (prediction - target.reshape(-1, 1)).square().mean().item()
