"""expect: property batch size matters failed

Ignores the batch size and takes one step per epoch.
"""


def fit_minibatch_sgd(x, y, lr, epochs, batch_size, seed):
    w = x.new_zeros(x.shape[1], 1)
    b = x.new_zeros(1)
    losses = []
    for _ in range(epochs):
        error = x @ w + b - y
        losses.append(error.square().mean().item())
        w -= lr * 2 * x.T @ error / len(x)
        b -= lr * 2 * error.mean(dim=0)
    return w, b, losses
