"""expect: passed

Computes with NumPy and brings the number back.
"""

import numpy as np
import torch


def cosine(a, b):
    p = a.cpu().numpy()
    q = b.cpu().numpy()
    value = np.dot(p, q) / (np.linalg.norm(p) * np.linalg.norm(q))
    return torch.tensor(value, dtype=a.dtype, device=a.device)
