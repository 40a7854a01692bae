"""expect: type failed

Stops as soon as the loss no longer changes.
"""


def fit_gradient_descent(x, y, lr, epochs):
    w = x.new_zeros(x.shape[1], 1)
    b = x.new_zeros(1)
    losses = []
    for _ in range(epochs):
        error = x @ w + b - y
        losses.append((error**2).mean().item())
        if len(losses) > 1 and abs(losses[-2] - losses[-1]) < 1e-9:
            break
        w -= lr * 2 * x.T @ error / len(x)
        b -= lr * 2 * error.mean(dim=0)
    return w, b, losses
