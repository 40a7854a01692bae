"""expect: values failed

Forgets the mean.
"""

def mse_backward(prediction, target):
    return 2 * (prediction - target)
