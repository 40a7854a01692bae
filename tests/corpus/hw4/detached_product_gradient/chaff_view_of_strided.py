"""expect: returns failed

Flattens with view, which does not work for a transposed argument.
"""

import torch


def detached_product_gradient(x):
    leaf = x.detach().requires_grad_()
    flat = leaf.view(-1)
    return torch.autograd.grad(flat @ flat.detach(), leaf)[0]
