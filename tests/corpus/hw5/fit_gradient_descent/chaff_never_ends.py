"""expect: returns failed

Runs until the loss reaches zero, which noisy data never allow.
"""


def fit_gradient_descent(x, y, lr, epochs):
    w = x.new_zeros(x.shape[1], 1)
    b = x.new_zeros(1)
    losses = []
    loss = 1.0
    while loss > 0:
        error = x @ w + b - y
        loss = error.square().mean().item()
        losses.append(loss)
        losses = losses[:epochs]
        w -= lr * 2 * x.T @ error / len(x)
        b -= lr * 2 * error.mean(dim=0)
    return w, b, losses
