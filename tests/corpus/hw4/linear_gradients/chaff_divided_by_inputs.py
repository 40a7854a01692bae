"""expect: values failed

Divides by the number of elements of x instead of those of y.
"""

def linear_gradients(x, y, w, b):
    x, y, w, b = x.detach(), y.detach(), w.detach(), b.detach()
    residual = x @ w + b - y
    return 2 * x.T @ residual / x.numel(), 2 * residual.sum(0) / x.numel()
