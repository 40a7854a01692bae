"""expect: gradients untouched failed

Calls backward on x itself and leaves the gradient there.
"""

def sum_of_squares_gradient(x):
    x.requires_grad_(True)
    (x**2).sum().backward()
    return x.grad.clone()
