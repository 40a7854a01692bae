"""expect: values failed

Believes that detach stops the gradient through both factors.
"""

import torch


def detached_product_gradient(x):
    return torch.zeros_like(x.detach())
