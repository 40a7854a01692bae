"""expect: type failed

Returns the gradient of the detached factor, which is None.
"""

def detached_product_gradient(x):
    constant = x.detach().clone()
    leaf = x.detach().clone().requires_grad_()
    (leaf * constant).sum().backward()
    return constant.grad
