"""expect: passed

Brings the difference of both sums over the total.
"""


def r_squared(prediction, target):
    p = prediction.reshape(-1)
    t = target.reshape(-1)
    total = (t - t.mean()).pow(2).sum()
    return (total - (t - p).pow(2).sum()) / total
