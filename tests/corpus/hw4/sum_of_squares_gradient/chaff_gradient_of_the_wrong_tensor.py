"""expect: type failed

Differentiates with respect to one copy and returns the gradient of another, which is None.
"""

def sum_of_squares_gradient(x):
    copy = x.detach().clone()
    leaf = copy.detach().requires_grad_()
    (leaf**2).sum().backward()
    return copy.grad
