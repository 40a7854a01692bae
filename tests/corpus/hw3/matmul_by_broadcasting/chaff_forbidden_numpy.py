"""expect: forbidden failed

Takes a detour through NumPy's matmul.
"""

import numpy as np
import torch


def matmul_by_broadcasting(a, b):
    return torch.as_tensor(np.matmul(a.cpu().numpy(), b.cpu().numpy()), device=a.device)
