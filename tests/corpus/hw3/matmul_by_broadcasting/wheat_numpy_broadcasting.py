"""expect: passed

Broadcasts and sums in NumPy and brings the result back.
"""

import numpy as np
import torch


def matmul_by_broadcasting(a, b):
    left = a.cpu().numpy()[:, :, np.newaxis]
    right = b.cpu().numpy()[np.newaxis, :, :]
    return torch.as_tensor((left * right).sum(axis=1), device=a.device)
