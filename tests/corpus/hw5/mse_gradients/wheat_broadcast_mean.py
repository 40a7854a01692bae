"""expect: passed

Averages the products of every row with its error.
"""


def mse_gradients(x, y, w, b):
    error = (x @ w + b) - y
    grad_w = 2 * (x * error).mean(dim=0, keepdim=True).T
    grad_b = 2 * error.mean().reshape(1)
    return [grad_w, grad_b]
