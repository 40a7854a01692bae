"""expect: values failed

Leaves the bias out of the prediction.
"""

def linear_gradients(x, y, w, b):
    x, y, w = x.detach(), y.detach(), w.detach()
    residual = 2 * (x @ w - y) / y.numel()
    return x.T @ residual, residual.sum(0)
