"""expect: values failed

Leaves the factor 2 out of the gradients.
"""


def fit_gradient_descent(x, y, lr, epochs):
    w = x.new_zeros(x.shape[1], 1)
    b = x.new_zeros(1)
    losses = []
    for _ in range(epochs):
        error = x @ w + b - y
        losses.append((error**2).mean().item())
        w -= lr * x.T @ error / len(x)
        b -= lr * error.mean(dim=0)
    return w, b, losses
