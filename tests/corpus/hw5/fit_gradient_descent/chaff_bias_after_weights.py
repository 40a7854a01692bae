"""expect: values failed

Computes the gradient of b with the new w.
"""


def fit_gradient_descent(x, y, lr, epochs):
    w = x.new_zeros(x.shape[1], 1)
    b = x.new_zeros(1)
    losses = []
    for _ in range(epochs):
        losses.append(((x @ w + b - y) ** 2).mean().item())
        w -= lr * 2 * x.T @ (x @ w + b - y) / len(x)
        b -= lr * 2 * (x @ w + b - y).mean(dim=0)
    return w, b, losses
