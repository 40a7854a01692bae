"""expect: shape failed

Takes the mean along the rows only and keeps the column.
"""


def mean_squared_error(prediction, target):
    return (prediction - target.reshape(-1, 1)).square().mean(dim=0)
