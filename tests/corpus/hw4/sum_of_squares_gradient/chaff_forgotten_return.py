"""expect: type failed

Forgets to return the gradient.
"""

def sum_of_squares_gradient(x):
    leaf = x.detach().clone().requires_grad_()
    (leaf**2).sum().backward()
    leaf.grad
