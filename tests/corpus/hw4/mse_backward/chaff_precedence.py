"""expect: values failed

Misses the brackets around the difference.
"""

def mse_backward(prediction, target):
    return 2 * prediction - target / prediction.numel()
