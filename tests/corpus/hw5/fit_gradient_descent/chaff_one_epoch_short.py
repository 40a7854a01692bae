"""expect: type failed

Starts the epochs at 1, so that one of them is missing.
"""


def fit_gradient_descent(x, y, lr, epochs):
    w = x.new_zeros(x.shape[1], 1)
    b = x.new_zeros(1)
    losses = []
    for _ in range(1, epochs):
        error = x @ w + b - y
        losses.append((error**2).mean().item())
        w -= lr * 2 * x.T @ error / len(x)
        b -= lr * 2 * error.mean(dim=0)
    return w, b, losses
