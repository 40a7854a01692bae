"""expect: gradients untouched failed

Calls backward on x itself and leaves the gradient there.
"""

def detached_product_gradient(x):
    x.requires_grad_()
    (x * x.detach()).sum().backward()
    return x.grad.clone()
