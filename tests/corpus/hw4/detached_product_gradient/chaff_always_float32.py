"""expect: dtype failed

Converts everything to float32.
"""

def detached_product_gradient(x):
    leaf = x.detach().clone().float().requires_grad_()
    (leaf * leaf.detach()).sum().backward()
    return leaf.grad
