"""expect: passed

Calls backward on a copy of x.
"""

def detached_product_gradient(x):
    leaf = x.clone().detach().requires_grad_(True)
    product = leaf * leaf.detach()
    product.sum().backward()
    return leaf.grad
