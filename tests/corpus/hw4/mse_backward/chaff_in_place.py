"""expect: arguments unchanged failed

Subtracts the target from the prediction in place.
"""

def mse_backward(prediction, target):
    prediction -= target
    return 2 * prediction / prediction.numel()
