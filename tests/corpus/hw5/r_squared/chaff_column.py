"""expect: shape failed

Sums along the rows only and keeps the column.
"""


def r_squared(prediction, target):
    target = target.reshape(prediction.shape)
    residual = (target - prediction).square().sum(dim=0)
    total = (target - target.mean()).square().sum(dim=0)
    return 1 - residual / total
