"""expect: passed

Makes the constant factor under no_grad.
"""

import torch


def detached_product_gradient(x):
    leaf = x.detach().requires_grad_()
    with torch.no_grad():
        constant = leaf.clone()
    return torch.autograd.grad(torch.sum(leaf * constant), leaf)[0]
