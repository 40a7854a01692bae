"""expect: values failed

Divides by the number of passes.
"""

def accumulated_gradient(x, times):
    leaf = x.detach().clone().requires_grad_()
    for _ in range(times):
        ((leaf**2).sum() / times).backward()
    return leaf.grad if times else 0 * x.detach()
