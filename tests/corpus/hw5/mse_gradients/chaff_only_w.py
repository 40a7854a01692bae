"""expect: type failed

Returns the gradient of w alone.
"""


def mse_gradients(x, y, w, b):
    error = x @ w + b - y
    return 2 * x.T @ error / len(x)
