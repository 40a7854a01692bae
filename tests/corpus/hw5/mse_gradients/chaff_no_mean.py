"""expect: values failed

Sums over the rows instead of averaging.
"""


def mse_gradients(x, y, w, b):
    error = x @ w + b - y
    return 2 * x.T @ error, 2 * error.sum(dim=0)
