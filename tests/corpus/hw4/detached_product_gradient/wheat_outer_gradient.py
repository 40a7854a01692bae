"""expect: passed

Hands the constant factor to backward as the outer gradient.
"""

def detached_product_gradient(x):
    leaf = x.detach().clone().requires_grad_()
    (1 * leaf).backward(gradient=x.detach())
    return leaf.grad
