"""expect: values failed

Divides by the number of elements of x.
"""


def mse_gradients(x, y, w, b):
    error = x @ w + b - y
    return 2 * x.T @ error / x.numel(), 2 * error.sum(dim=0) / x.numel()
