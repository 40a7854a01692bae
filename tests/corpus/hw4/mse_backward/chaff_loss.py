"""expect: shape failed

Returns the loss instead of its gradient.
"""

def mse_backward(prediction, target):
    return ((prediction - target) ** 2).mean()
