"""expect: passed

Calls backward on a copy of x.
"""

def sum_of_squares_gradient(x):
    copy = x.detach().clone().requires_grad_(True)
    loss = (copy**2).sum()
    loss.backward()
    return copy.grad
