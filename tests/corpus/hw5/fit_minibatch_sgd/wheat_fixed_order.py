"""expect: passed

Never shuffles and visits the batches in the order of the rows.
"""


def fit_minibatch_sgd(x, y, lr, epochs, batch_size, seed):
    w = x.new_zeros(x.shape[1], 1)
    b = x.new_zeros(1)
    batches = list(zip(x.split(batch_size), y.split(batch_size)))
    losses = []
    for _ in range(epochs):
        batch_losses = []
        for inputs, targets in batches:
            error = inputs @ w + b - targets
            batch_losses.append(float((error**2).mean()))
            w = w - 2 * lr / len(inputs) * (inputs.T @ error)
            b = b - 2 * lr * error.mean(0)
        losses.append(sum(batch_losses) / len(batch_losses))
    return [w, b, losses]
