"""expect: returns failed

Starts from a single weight, which fits one feature only.
"""


def fit_gradient_descent(x, y, lr, epochs):
    w = x.new_zeros(1, 1)
    b = x.new_zeros(1)
    losses = []
    for _ in range(epochs):
        error = x @ w + b - y
        losses.append((error**2).mean().item())
        w -= lr * 2 * x.T @ error / len(x)
        b -= lr * 2 * error.mean(dim=0)
    return w, b, losses
