"""expect: values failed

Takes target minus prediction, which turns the gradients around.
"""

def linear_gradients(x, y, w, b):
    x, y, w, b = x.detach(), y.detach(), w.detach(), b.detach()
    residual = 2 * (y - (x @ w + b)) / y.numel()
    return x.T @ residual, residual.sum(0)
