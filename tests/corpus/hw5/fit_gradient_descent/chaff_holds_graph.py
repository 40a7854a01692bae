"""expect: requires grad failed

Rebinds its parameters without detaching, so they carry the graph of all epochs.
"""

import torch


def fit_gradient_descent(x, y, lr, epochs):
    w = x.new_zeros((x.shape[1], 1), requires_grad=True)
    b = x.new_zeros(1, requires_grad=True)
    losses = []
    for _ in range(epochs):
        loss = ((x @ w + b - y) ** 2).mean()
        losses.append(loss.item())
        grad_w, grad_b = torch.autograd.grad(loss, (w, b))
        w = w - lr * grad_w
        b = b - lr * grad_b
    return w, b, losses
