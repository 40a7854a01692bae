"""expect: returns failed

Calls backward on the product without summing it, which works for one element only.
"""

def detached_product_gradient(x):
    leaf = x.detach().clone().requires_grad_()
    (leaf * leaf.detach()).backward()
    return leaf.grad
