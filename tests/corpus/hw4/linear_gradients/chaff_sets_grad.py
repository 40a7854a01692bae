"""expect: gradients untouched failed

Calls backward on the parameters themselves and leaves their gradients behind.
"""

def linear_gradients(x, y, w, b):
    w.requires_grad_()
    b.requires_grad_()
    loss = ((x @ w + b - y) ** 2).mean()
    loss.backward()
    return w.grad.clone(), b.grad.clone()
