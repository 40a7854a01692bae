"""expect: shape failed

Takes the mean of the difference instead of dividing by the count.
"""

def mse_backward(prediction, target):
    return 2 * (prediction - target).mean()
