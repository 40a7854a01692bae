"""expect: passed

Asks torch.autograd.grad for the gradients and rebinds the parameters.
"""

import torch


def fit_gradient_descent(x, y, lr, epochs):
    w = x.new_zeros((x.shape[1], 1), requires_grad=True)
    b = x.new_zeros(1, requires_grad=True)
    losses = []
    for _ in range(epochs):
        loss = torch.nn.functional.mse_loss(x @ w + b, y)
        losses += [loss.item()]
        grad_w, grad_b = torch.autograd.grad(loss, (w, b))
        w = (w - lr * grad_w).detach().requires_grad_()
        b = (b - lr * grad_b).detach().requires_grad_()
    return [w.detach(), b.detach(), losses]
