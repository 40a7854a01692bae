"""expect: passed

Lets torch.func.grad_and_value differentiate the loss.
"""

import torch


def loss_of(parameters, x, y):
    w, b = parameters
    return (x @ w + b - y).square().mean()


def fit_minibatch_sgd(x, y, lr, epochs, batch_size, seed):
    generator = torch.Generator().manual_seed(seed)
    parameters = (x.new_zeros(x.shape[1], 1), x.new_zeros(1))
    gradients_of = torch.func.grad_and_value(loss_of)
    losses = []
    for _ in range(epochs):
        total, count = 0.0, 0
        for rows in torch.randperm(len(x), generator=generator).split(batch_size):
            gradients, loss = gradients_of(parameters, x[rows], y[rows])
            parameters = tuple(p - lr * g for p, g in zip(parameters, gradients))
            total, count = total + loss.item(), count + 1
        losses.append(total / count)
    w, b = parameters
    return w, b, losses
