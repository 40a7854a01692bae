"""expect: passed

Flattens both and divides the sum of squares by the number of rows.
"""


def mean_squared_error(prediction, target):
    difference = prediction.flatten() - target.flatten()
    return (difference * difference).sum() / len(prediction)
