"""expect: values failed

Takes the difference the wrong way round, so both gradients point downhill.
"""


def mse_gradients(x, y, w, b):
    error = y - (x @ w + b)
    return 2 * x.T @ error / len(x), 2 * error.mean(dim=0)
