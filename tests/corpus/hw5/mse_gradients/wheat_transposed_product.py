"""expect: passed

Uses the transpose and means written as sums over the rows.
"""


def mse_gradients(x, y, w, b):
    n = x.shape[0]
    error = x @ w + b - y
    grad_w = (2 / n) * (x.transpose(0, 1) @ error)
    grad_b = (2 / n) * error.sum(dim=0)
    return grad_w, grad_b
