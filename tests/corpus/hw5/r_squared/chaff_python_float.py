"""expect: type failed

Returns a Python number.
"""


def r_squared(prediction, target):
    target = target.reshape(prediction.shape)
    residual = (target - prediction).square().sum().item()
    total = (target - target.mean()).square().sum().item()
    return 1 - residual / total
