"""expect: device failed

Stores the products in a vector that always lives on the CPU.
"""

import torch


def cosine(a, b):
    products = torch.empty(len(a), dtype=a.dtype)
    torch.mul(a, b, out=products)
    return products.sum() / (a.norm() * b.norm())
