"""expect: dtype failed

Converts everything to float32.
"""

def sum_of_squares_gradient(x):
    leaf = x.detach().clone().float().requires_grad_()
    (leaf**2).sum().backward()
    return leaf.grad
