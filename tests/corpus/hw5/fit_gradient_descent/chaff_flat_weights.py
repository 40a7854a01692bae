"""expect: shape failed

Returns w with shape [features].
"""


def fit_gradient_descent(x, y, lr, epochs):
    w = x.new_zeros(x.shape[1])
    b = x.new_zeros(1)
    target = y.flatten()
    losses = []
    for _ in range(epochs):
        error = x @ w + b - target
        losses.append((error**2).mean().item())
        w -= lr * 2 * (x.T @ error) / len(x)
        b -= lr * 2 * error.mean()
    return w, b, losses
