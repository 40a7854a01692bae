"""expect: shape failed

Returns the gradient of b first.
"""


def mse_gradients(x, y, w, b):
    error = x @ w + b - y
    return 2 * error.mean(dim=0), 2 * x.T @ error / len(x)
