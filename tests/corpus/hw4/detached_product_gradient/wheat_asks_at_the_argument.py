"""expect: passed

Asks for the gradient at the argument itself, whose numbers and `grad` stay as they were.
"""

import torch


def detached_product_gradient(x):
    x.requires_grad = True
    return torch.autograd.grad((x * x.detach()).sum(), x)[0]
