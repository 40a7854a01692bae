"""expect: dtype failed

Rounds to float32.
"""


def mean_squared_error(prediction, target):
    return (prediction.float() - target.reshape(-1, 1).float()).square().mean()
