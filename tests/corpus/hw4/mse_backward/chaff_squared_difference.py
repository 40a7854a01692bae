"""expect: values failed

Does not differentiate the square.
"""

def mse_backward(prediction, target):
    return (prediction - target) ** 2 / prediction.numel()
