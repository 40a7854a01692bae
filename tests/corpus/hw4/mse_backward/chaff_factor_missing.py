"""expect: values failed

Forgets the factor 2.
"""

def mse_backward(prediction, target):
    return (prediction - target) / prediction.numel()
