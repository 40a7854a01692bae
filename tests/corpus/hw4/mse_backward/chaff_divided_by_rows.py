"""expect: values failed

Divides by the number of rows only.
"""

def mse_backward(prediction, target):
    rows = len(prediction) if prediction.ndim > 0 else 1
    return 2 * (prediction - target) / rows
