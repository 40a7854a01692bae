"""expect: values failed

Subtracts the prediction from the target.
"""

def mse_backward(prediction, target):
    return 2 * (target - prediction) / prediction.numel()
