"""expect: passed

Derives both gradients by hand.
"""

def linear_gradients(x, y, w, b):
    x, y, w, b = x.detach(), y.detach(), w.detach(), b.detach()
    residual = x @ w + b - y
    scale = 2 / residual.numel()
    return scale * (x.T @ residual), scale * residual.sum(0)
