"""expect: type failed

Returns None when there was no pass, because nothing ever filled the gradient.
"""

def accumulated_gradient(x, times):
    leaf = x.detach().clone().requires_grad_()
    for _ in range(times):
        (leaf**2).sum().backward()
    return leaf.grad
