"""expect: values failed

Always makes the first pass, also when there should be none.
"""

def accumulated_gradient(x, times):
    leaf = x.detach().clone().requires_grad_()
    (leaf**2).sum().backward()
    for _ in range(times - 1):
        (leaf**2).sum().backward()
    return leaf.grad
