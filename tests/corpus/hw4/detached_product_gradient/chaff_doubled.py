"""expect: values failed

Takes the gradient of the square.
"""

def detached_product_gradient(x):
    return 2 * x.detach()
