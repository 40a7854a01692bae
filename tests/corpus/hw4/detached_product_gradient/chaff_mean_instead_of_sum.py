"""expect: values failed

Takes the mean of the products instead of their sum.
"""

import torch


def detached_product_gradient(x):
    leaf = x.detach().requires_grad_()
    return torch.autograd.grad((leaf * leaf.detach()).mean(), leaf)[0]
