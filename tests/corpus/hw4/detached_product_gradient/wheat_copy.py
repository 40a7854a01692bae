"""expect: passed

Copies x, which is the gradient.
"""

def detached_product_gradient(x):
    return x.detach().clone()
