"""expect: values failed

Returns the unexplained share.
"""


def r_squared(prediction, target):
    target = target.reshape(prediction.shape)
    residual = (target - prediction).square().sum()
    total = (target - target.mean()).square().sum()
    return residual / total
