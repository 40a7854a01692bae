"""expect: type failed

Returns the gradient with respect to the target as well.
"""

def mse_backward(prediction, target):
    gradient = 2 * (prediction - target) / prediction.numel()
    return gradient, -gradient
