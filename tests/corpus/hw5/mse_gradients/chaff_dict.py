"""expect: type failed

Returns a dict.
"""


def mse_gradients(x, y, w, b):
    error = x @ w + b - y
    return {"w": 2 * x.T @ error / len(x), "b": 2 * error.mean(dim=0)}
