"""expect: values failed

Divides standard deviations instead of variances.
"""


def r_squared(prediction, target):
    target = target.reshape(prediction.shape)
    residual = (target - prediction).square().sum().sqrt()
    total = (target - target.mean()).square().sum().sqrt()
    return 1 - residual / total
