"""expect: dtype failed

Converts the difference to float32.
"""

def mse_backward(prediction, target):
    return 2 * (prediction - target).float() / prediction.numel()
