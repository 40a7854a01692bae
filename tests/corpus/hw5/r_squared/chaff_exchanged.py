"""expect: values failed

Exchanges prediction and target.
"""


def r_squared(prediction, target):
    target = target.reshape(prediction.shape)
    residual = (target - prediction).square().sum()
    total = (prediction - prediction.mean()).square().sum()
    return 1 - residual / total
