"""expect: shape failed

Forgets that the bias is shared by all samples.
"""

def linear_gradients(x, y, w, b):
    x, y, w, b = x.detach(), y.detach(), w.detach(), b.detach()
    residual = 2 * (x @ w + b - y) / y.numel()
    return x.T @ residual, residual
