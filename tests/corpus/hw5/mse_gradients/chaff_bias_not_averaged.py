"""expect: values failed

Averages the gradient of w and sums that of b.
"""


def mse_gradients(x, y, w, b):
    error = x @ w + b - y
    return 2 * x.T @ error / len(x), 2 * error.sum(dim=0)
