"""expect: type failed

Multiplies in PyTorch and drops the array that it converts the product to.
"""

import torch


def numpy_matmul(a, b):
    product = torch.tensor(a.copy()).mm(torch.tensor(b.copy()))
    product.numpy()
    return product
