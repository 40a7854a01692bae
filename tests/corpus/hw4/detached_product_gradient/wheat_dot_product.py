"""expect: passed

Reads the sum of products as a dot product.
"""

import torch


def detached_product_gradient(x):
    leaf = x.detach().requires_grad_()
    loss = leaf.reshape(-1) @ leaf.reshape(-1).detach()
    return torch.autograd.grad(loss, leaf)[0]
