"""expect: returns failed

Detaches the whole product, so that there is nothing to differentiate.
"""

def detached_product_gradient(x):
    leaf = x.detach().clone().requires_grad_()
    (leaf * leaf).detach().sum().backward()
    return leaf.grad
