"""expect: values failed

Forgets the factor 2.
"""


def mse_gradients(x, y, w, b):
    error = x @ w + b - y
    return x.T @ error / len(x), error.mean(dim=0)
