"""expect: device failed

Copies the leaf to the CPU and multiplies it with a factor that stayed where it was.
"""

def detached_product_gradient(x):
    leaf = x.detach().cpu().clone().requires_grad_()
    (leaf * x.detach()).sum().backward()
    return leaf.grad
