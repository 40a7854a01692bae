"""expect: values failed

Returns the product instead of its gradient.
"""

def detached_product_gradient(x):
    return x.detach() * x.detach()
