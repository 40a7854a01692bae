"""expect: values failed

Takes the mean of the bias gradient over the samples, although the mean was already taken.
"""

def linear_gradients(x, y, w, b):
    x, y, w, b = x.detach(), y.detach(), w.detach(), b.detach()
    residual = 2 * (x @ w + b - y) / y.numel()
    return x.T @ residual, residual.mean(0)
