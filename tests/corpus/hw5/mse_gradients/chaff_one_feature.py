"""expect: shape failed

Averages over all products and so mixes the features.
"""


def mse_gradients(x, y, w, b):
    error = x @ w + b - y
    return 2 * (x * error).mean().reshape(1, 1), 2 * error.mean(dim=0)
