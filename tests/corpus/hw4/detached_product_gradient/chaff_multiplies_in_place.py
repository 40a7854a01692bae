"""expect: arguments unchanged failed

Squares the detached tensor in place, which changes x as well.
"""

def detached_product_gradient(x):
    gradient = x.detach().clone()
    x.detach().mul_(gradient)
    return gradient
