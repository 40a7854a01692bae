"""expect: shape failed

Returns a 0-dim gradient of b.
"""


def mse_gradients(x, y, w, b):
    error = x @ w + b - y
    return 2 * x.T @ error / len(x), 2 * error.mean()
