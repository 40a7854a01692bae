"""expect: returns failed

Forgets requires_grad_, so that there is nothing to differentiate.
"""

def sum_of_squares_gradient(x):
    copy = x.detach().clone()
    (copy**2).sum().backward()
    return copy.grad
