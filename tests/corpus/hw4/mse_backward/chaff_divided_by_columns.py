"""expect: values failed

Divides by the size of the last dimension only.
"""

def mse_backward(prediction, target):
    columns = prediction.shape[-1] if prediction.ndim > 0 else 1
    return 2 * (prediction - target) / columns
