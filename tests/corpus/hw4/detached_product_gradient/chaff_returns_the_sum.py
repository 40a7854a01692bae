"""expect: shape failed

Returns the sum of the products.
"""

def detached_product_gradient(x):
    return (x.detach() * x.detach()).sum()
