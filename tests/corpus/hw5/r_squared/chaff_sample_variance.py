"""expect: values failed

Divides the mean squared error by the sample variance.
"""


def r_squared(prediction, target):
    target = target.reshape(prediction.shape)
    return 1 - (target - prediction).square().mean() / target.var()
