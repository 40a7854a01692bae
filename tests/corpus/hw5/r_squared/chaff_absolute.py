"""expect: values failed

Adds absolute differences instead of squares.
"""


def r_squared(prediction, target):
    target = target.reshape(prediction.shape)
    residual = (target - prediction).abs().sum()
    total = (target - target.mean()).abs().sum()
    return 1 - residual / total
