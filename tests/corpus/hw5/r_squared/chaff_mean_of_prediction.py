"""expect: values failed

Measures the total around the mean of the prediction.
"""


def r_squared(prediction, target):
    target = target.reshape(prediction.shape)
    residual = (target - prediction).square().sum()
    total = (target - prediction.mean()).square().sum()
    return 1 - residual / total
