"""expect: values failed

Divides with // before multiplying, which gives 0 for more than two elements.
"""

def mse_backward(prediction, target):
    return 2 // prediction.numel() * (prediction - target)
