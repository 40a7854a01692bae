"""expect: shape failed

Sums the gradient over the first dimension.
"""

def detached_product_gradient(x):
    leaf = x.detach().clone().requires_grad_()
    (leaf * leaf.detach()).sum().backward()
    return leaf.grad.sum(dim=0)
