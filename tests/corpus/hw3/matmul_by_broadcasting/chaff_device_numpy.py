"""expect: device failed

Leaves the result of a NumPy detour on the CPU.
"""

import torch


def matmul_by_broadcasting(a, b):
    products = a.cpu().numpy()[:, :, None] * b.cpu().numpy()[None, :, :]
    return torch.from_numpy(products.sum(axis=1))
