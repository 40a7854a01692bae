"""expect: gradients untouched failed

Copies the weights but differentiates with respect to the caller's bias.
"""

def linear_gradients(x, y, w, b):
    w = w.detach().clone().requires_grad_()
    b.requires_grad_()
    b.grad = None
    ((x @ w + b - y) ** 2).mean().backward()
    return w.grad, b.grad.clone()
