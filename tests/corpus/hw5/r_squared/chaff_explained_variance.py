"""expect: values failed

Uses the variance of the residuals, which hides a constant error.
"""


def r_squared(prediction, target):
    target = target.reshape(prediction.shape)
    return 1 - (target - prediction).var() / target.var()
