"""expect: forbidden failed

Lets autograd compute the gradients of its own copies.
"""


def mse_gradients(x, y, w, b):
    w = w.detach().clone().requires_grad_()
    b = b.detach().clone().requires_grad_()
    ((x @ w + b - y) ** 2).mean().backward()
    return w.grad, b.grad
