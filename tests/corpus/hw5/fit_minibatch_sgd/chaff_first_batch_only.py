"""expect: property every row counts failed

Leaves the loop after the first batch of every epoch, always the same rows.
"""


def fit_minibatch_sgd(x, y, lr, epochs, batch_size, seed):
    w = x.new_zeros(x.shape[1], 1)
    b = x.new_zeros(1)
    losses = []
    for _ in range(epochs):
        for inputs, targets in zip(x.split(batch_size), y.split(batch_size)):
            error = inputs @ w + b - targets
            w -= lr * 2 * inputs.T @ error / len(inputs)
            b -= lr * 2 * error.mean(dim=0)
            break
        losses.append(error.square().mean().item())
    return w, b, losses
