"""expect: shape failed

Keeps the summed dimension of the bias gradient.
"""

def linear_gradients(x, y, w, b):
    x, y, w, b = x.detach(), y.detach(), w.detach(), b.detach()
    residual = 2 * (x @ w + b - y) / y.numel()
    return x.T @ residual, residual.sum(dim=0, keepdim=True)
