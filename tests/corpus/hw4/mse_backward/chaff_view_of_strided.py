"""expect: returns failed

Flattens with view, which does not work for a transposed argument.
"""

def mse_backward(prediction, target):
    difference = prediction.view(-1) - target.view(-1)
    return (2 * difference / len(difference)).view(prediction.shape)
