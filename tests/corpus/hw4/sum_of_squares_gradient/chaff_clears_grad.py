"""expect: gradients untouched failed

Uses x itself and clears its gradient afterwards, which leaves zeros behind.
"""

def sum_of_squares_gradient(x):
    x.requires_grad_(True)
    x.grad = None
    (x**2).sum().backward()
    gradient = x.grad.clone()
    x.grad.zero_()
    return gradient
