"""expect: values failed

Leaves the bias out of the prediction.
"""


def mse_gradients(x, y, w, b):
    error = x @ w - y
    return 2 * x.T @ error / len(x), 2 * error.mean(dim=0)
