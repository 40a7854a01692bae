"""expect: arguments unchanged failed

Centres the caller's target.
"""


def r_squared(prediction, target):
    residual = (target.reshape(prediction.shape) - prediction).square().sum()
    target -= target.mean()
    return 1 - residual / target.square().sum()
