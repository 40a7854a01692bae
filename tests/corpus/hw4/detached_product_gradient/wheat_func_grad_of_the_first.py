"""expect: passed

Differentiates a function of two arguments with respect to the first only.
"""

import torch


def product(v, constant):
    return (v * constant).sum()


def detached_product_gradient(x):
    x = x.detach()
    return torch.func.grad(product, argnums=0)(x, x)
