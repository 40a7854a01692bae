"""expect: type failed

Stops as soon as the loss rises.
"""

def fit_gradient_descent(x, y, lr, epochs):
    w, b = x.new_zeros(x.shape[1], 1), x.new_zeros(1)
    losses = []
    for _ in range(epochs):
        errors = x @ w + b - y
        loss = errors.square().mean().item()
        if losses and loss > losses[-1]:
            break
        losses.append(loss)
        w, b = w - lr * 2 * x.T @ errors / len(x), b - lr * 2 * errors.mean(0)
    return w, b, losses
