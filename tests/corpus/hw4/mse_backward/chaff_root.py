"""expect: values failed

Differentiates the root of the mean squared error.
"""

def mse_backward(prediction, target):
    difference = prediction - target
    return difference / difference.square().mean().sqrt() / difference.numel()
