"""expect: values failed

Divides the total by the residual sum.
"""


def r_squared(prediction, target):
    target = target.reshape(prediction.shape)
    residual = (target - prediction).square().sum()
    total = (target - target.mean()).square().sum()
    return 1 - total / residual
