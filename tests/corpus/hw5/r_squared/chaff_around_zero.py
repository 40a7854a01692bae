"""expect: values failed

Measures the total around zero.
"""


def r_squared(prediction, target):
    target = target.reshape(prediction.shape)
    return 1 - (target - prediction).square().sum() / target.square().sum()
