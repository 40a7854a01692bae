"""expect: device failed

Differentiates a copy on the CPU and leaves the gradient there.
"""

def sum_of_squares_gradient(x):
    leaf = x.detach().cpu().clone().requires_grad_()
    (leaf**2).sum().backward()
    return leaf.grad
