"""expect: constant operations failed

Multiplies NumPy arrays one pair after the other in a Python loop.
"""

import numpy as np
import torch


def batched_matmul(a, b):
    out = np.zeros((a.shape[0], a.shape[1], b.shape[2]), dtype=a.cpu().numpy().dtype)
    for i, (left, right) in enumerate(zip(a.cpu().numpy(), b.cpu().numpy())):
        out[i] = left @ right
    return torch.from_numpy(out).to(a.device)
