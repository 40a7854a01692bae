"""expect: values failed

Takes the detached factor for a 1.
"""

import torch


def detached_product_gradient(x):
    return torch.ones_like(x.detach())
