"""expect: values failed

Squares the correlation, which is the same for least-squares predictions only.
"""


def r_squared(prediction, target):
    p = prediction.reshape(-1) - prediction.mean()
    t = target.reshape(-1) - target.mean()
    return (p * t).sum() ** 2 / ((p * p).sum() * (t * t).sum())
