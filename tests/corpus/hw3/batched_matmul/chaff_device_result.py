"""expect: device failed

Copies the products into a result that always lives on the CPU.
"""

import torch


def batched_matmul(a, b):
    out = torch.zeros(a.shape[0], a.shape[1], b.shape[2], dtype=a.dtype)
    out[:] = a @ b
    return out
