"""expect: values failed

Subtracts a column from a vector, which broadcasts to all pairs.
"""


def r_squared(prediction, target):
    residual = (target - prediction).square().sum()
    total = (target - target.mean()).square().sum()
    return 1 - residual / total
