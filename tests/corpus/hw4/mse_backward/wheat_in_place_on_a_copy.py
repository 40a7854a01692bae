"""expect: passed

Works in place on a copy of its own.
"""

def mse_backward(prediction, target):
    gradient = prediction.clone()
    gradient -= target
    gradient *= 2
    gradient /= gradient.numel()
    return gradient
