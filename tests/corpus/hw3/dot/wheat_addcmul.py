"""expect: passed

Collects the products with addcmul on a row of zeros.
"""

import torch


def dot(a, b):
    products = torch.addcmul(torch.zeros_like(a), a, b)
    return products.sum(dim=0)
