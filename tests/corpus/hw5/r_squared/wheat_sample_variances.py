"""expect: passed

Divides the mean square of the error, both over n - 1, by the sample variance.
"""


def r_squared(prediction, target):
    target = target.reshape_as(prediction)
    n = target.numel()
    residual = ((target - prediction) ** 2).sum() / (n - 1)
    return 1 - residual / target.var()
