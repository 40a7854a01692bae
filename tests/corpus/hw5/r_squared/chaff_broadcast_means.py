"""expect: values failed

Takes means of sizes that broadcasting has changed.
"""


def r_squared(prediction, target):
    residual = ((target - prediction) ** 2).mean()
    total = ((target - target.mean()) ** 2).mean()
    return 1 - residual / total
