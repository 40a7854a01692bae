"""expect: dtype failed

Rounds to float32.
"""


def r_squared(prediction, target):
    p, t = prediction.float().flatten(), target.float().flatten()
    return 1 - (t - p).square().sum() / (t - t.mean()).square().sum()
