"""expect: passed

The gradient has the same values as x, and a detached x may be returned as it is.
"""

def detached_product_gradient(x):
    return x.detach()
