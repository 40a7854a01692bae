"""expect: shape failed

Returns the gradient of w with shape [features].
"""


def mse_gradients(x, y, w, b):
    error = x @ w + b - y
    return 2 * (x * error).mean(dim=0), 2 * error.mean(dim=0)
