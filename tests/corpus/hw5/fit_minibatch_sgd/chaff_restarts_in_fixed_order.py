"""expect: property ends close to least squares failed

Starts from zeros again in every epoch and never shuffles, so that all epochs end alike.
"""


def fit_minibatch_sgd(x, y, lr, epochs, batch_size, seed):
    losses = []
    for _ in range(epochs):
        w = x.new_zeros(x.shape[1], 1)
        b = x.new_zeros(1)
        batch_losses = []
        for inputs, targets in zip(x.split(batch_size), y.split(batch_size)):
            error = inputs @ w + b - targets
            batch_losses.append(error.square().mean().item())
            w -= lr * 2 * inputs.T @ error / len(inputs)
            b -= lr * 2 * error.mean(dim=0)
        losses.append(sum(batch_losses) / len(batch_losses))
    return w, b, losses
