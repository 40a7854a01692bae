"""expect: values failed

Makes one pass too many.
"""

def accumulated_gradient(x, times):
    leaf = x.detach().clone().requires_grad_()
    for _ in range(times + 1):
        (leaf**2).sum().backward()
    return leaf.grad
