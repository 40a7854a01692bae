"""expect: shape failed

Returns the weight gradient as nn.Linear stores it, transposed.
"""

def linear_gradients(x, y, w, b):
    x, y, w, b = x.detach(), y.detach(), w.detach(), b.detach()
    residual = 2 * (x @ w + b - y) / y.numel()
    return residual.T @ x, residual.sum(0)
