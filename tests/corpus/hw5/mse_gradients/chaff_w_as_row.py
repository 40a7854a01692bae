"""expect: shape failed

Returns the gradient of w as a row.
"""


def mse_gradients(x, y, w, b):
    error = x @ w + b - y
    return 2 * error.T @ x / len(x), 2 * error.mean(dim=0)
