"""expect: property every row counts failed

Never shuffles and drops the smaller last batch, whose rows are never seen.
"""


def fit_minibatch_sgd(x, y, lr, epochs, batch_size, seed):
    w = x.new_zeros(x.shape[1], 1)
    b = x.new_zeros(1)
    size = min(batch_size, len(x))
    losses = []
    for _ in range(epochs):
        batch_losses = []
        for i in range(len(x) // size):
            inputs = x[i * size : (i + 1) * size]
            error = inputs @ w + b - y[i * size : (i + 1) * size]
            batch_losses.append(error.square().mean().item())
            w -= lr * 2 * inputs.T @ error / size
            b -= lr * 2 * error.mean(dim=0)
        losses.append(sum(batch_losses) / len(batch_losses))
    return w, b, losses
