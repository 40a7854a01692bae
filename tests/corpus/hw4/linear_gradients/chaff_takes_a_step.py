"""expect: arguments unchanged failed

Also takes a gradient step with the parameters, as in a training loop.
"""

import torch


def linear_gradients(x, y, w, b):
    copies = w.detach().clone().requires_grad_(), b.detach().clone().requires_grad_()
    loss = (x @ copies[0] + copies[1] - y).pow(2).mean()
    grad_w, grad_b = torch.autograd.grad(loss, copies)
    with torch.no_grad():
        w -= 0.1 * grad_w
        b -= 0.1 * grad_b
    return grad_w, grad_b
