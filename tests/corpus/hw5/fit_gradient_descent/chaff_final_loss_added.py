"""expect: type failed

Adds the loss of the final parameters to the list.
"""


def fit_gradient_descent(x, y, lr, epochs):
    w = x.new_zeros(x.shape[1], 1)
    b = x.new_zeros(1)
    losses = [(y**2).mean().item()]
    for _ in range(epochs):
        error = x @ w + b - y
        w -= lr * 2 * x.T @ error / len(x)
        b -= lr * 2 * error.mean(dim=0)
        losses.append(((x @ w + b - y) ** 2).mean().item())
    return w, b, losses
