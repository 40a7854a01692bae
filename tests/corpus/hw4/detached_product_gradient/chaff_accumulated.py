"""expect: values failed

Calls backward for the product with and without detach and does not clear the gradient.
"""

def detached_product_gradient(x):
    leaf = x.detach().clone().requires_grad_()
    (leaf * leaf).sum().backward()
    (leaf * leaf.detach()).sum().backward()
    return leaf.grad
