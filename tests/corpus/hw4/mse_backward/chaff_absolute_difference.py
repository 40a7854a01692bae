"""expect: values failed

Takes the absolute value of the difference.
"""

def mse_backward(prediction, target):
    return 2 * (prediction - target).abs() / prediction.numel()
