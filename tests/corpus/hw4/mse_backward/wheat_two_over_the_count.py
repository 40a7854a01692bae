"""expect: passed

Multiplies the difference with a Python number.
"""

def mse_backward(prediction, target):
    return (2 / prediction.numel()) * (prediction - target)
