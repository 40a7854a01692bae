"""expect: arguments unchanged failed

Turns the target into the difference in place.
"""

def mse_backward(prediction, target):
    difference = target.neg_().add_(prediction)
    return difference * 2 / difference.numel()
