"""expect: device failed

Brings the result of a NumPy detour back to the CPU only.
"""

import torch


def scaled_difference(a, b, scale):
    result = (a.cpu().numpy() - b.cpu().numpy()) * scale
    return torch.as_tensor(result, dtype=a.dtype)
