"""expect: arguments unchanged failed

Subtracts the target from the caller's prediction.
"""


def mean_squared_error(prediction, target):
    prediction -= target.reshape(-1, 1)
    return (prediction**2).mean()
