"""expect: dtype failed

Converts the data to float32 and returns float32 parameters.
"""


def fit_gradient_descent(x, y, lr, epochs):
    x, y = x.float(), y.float()
    w = x.new_zeros(x.shape[1], 1)
    b = x.new_zeros(1)
    losses = []
    for _ in range(epochs):
        error = x @ w + b - y
        losses.append((error**2).mean().item())
        w -= lr * 2 * x.T @ error / len(x)
        b -= lr * 2 * error.mean(dim=0)
    return w, b, losses
