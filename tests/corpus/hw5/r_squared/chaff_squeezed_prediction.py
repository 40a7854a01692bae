"""expect: values failed

Squeezes the prediction only, so that a target [n, 1] broadcasts.
"""


def r_squared(prediction, target):
    residual = (target - prediction.squeeze(1)).square().sum()
    total = (target - target.mean()).square().sum()
    return 1 - residual / total
