"""expect: values failed

Forgets detach and gets 2x.
"""

import torch


def detached_product_gradient(x):
    leaf = x.detach().requires_grad_()
    return torch.autograd.grad((leaf * leaf).sum(), leaf)[0]
