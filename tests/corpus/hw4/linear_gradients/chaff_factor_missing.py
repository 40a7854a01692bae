"""expect: values failed

Forgets the factor 2 of the square.
"""

def linear_gradients(x, y, w, b):
    x, y, w, b = x.detach(), y.detach(), w.detach(), b.detach()
    residual = x @ w + b - y
    return x.T @ residual / residual.numel(), residual.sum(0) / residual.numel()
