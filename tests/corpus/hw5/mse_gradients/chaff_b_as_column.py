"""expect: shape failed

Keeps the summed dimension in the gradient of b.
"""


def mse_gradients(x, y, w, b):
    error = x @ w + b - y
    return 2 * x.T @ error / len(x), 2 * error.mean(dim=0, keepdim=True)
