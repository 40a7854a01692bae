"""expect: values failed

Uses the variance of the difference, which hides a constant error.
"""


def mean_squared_error(prediction, target):
    return (prediction - target.reshape(-1, 1)).var(correction=0)
