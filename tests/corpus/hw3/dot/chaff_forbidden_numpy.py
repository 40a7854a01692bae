"""expect: forbidden failed

Takes a detour through NumPy's dot.
"""

import numpy as np
import torch


def dot(a, b):
    result = np.dot(a.cpu().numpy(), b.cpu().numpy())
    return torch.as_tensor(result, dtype=a.dtype, device=a.device)
