"""expect: forbidden failed

Imports NumPy's einsum under another name.
"""

import torch
from numpy import einsum as broadcast


def matmul_by_broadcasting(a, b):
    return torch.as_tensor(broadcast("ik,kj", a.cpu().numpy(), b.cpu().numpy()), device=a.device)
