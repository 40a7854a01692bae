"""expect: arguments unchanged failed

Turns the caller's target into a column in place.
"""


def mean_squared_error(prediction, target):
    if target.ndim == 1:
        target.unsqueeze_(1)
    return (prediction - target).square().mean()
