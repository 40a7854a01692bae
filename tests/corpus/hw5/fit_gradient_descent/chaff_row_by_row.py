"""expect: values failed

Takes a step after every row instead of one per epoch.
"""


def fit_gradient_descent(x, y, lr, epochs):
    w = x.new_zeros(x.shape[1], 1)
    b = x.new_zeros(1)
    losses = []
    for _ in range(epochs):
        losses.append(((x @ w + b - y) ** 2).mean().item())
        for i in range(len(x)):
            error = x[i : i + 1] @ w + b - y[i : i + 1]
            w -= lr * 2 * x[i : i + 1].T @ error
            b -= lr * 2 * error[0]
    return w, b, losses
