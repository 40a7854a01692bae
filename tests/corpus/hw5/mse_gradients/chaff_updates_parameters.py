"""expect: arguments unchanged failed

Takes a step on the caller's parameters as well.
"""


def mse_gradients(x, y, w, b):
    error = x @ w + b - y
    grad_w = 2 * x.T @ error / len(x)
    grad_b = 2 * error.mean(dim=0)
    w -= 0.1 * grad_w
    b -= 0.1 * grad_b
    return grad_w, grad_b
