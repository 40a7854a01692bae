"""expect: passed

Computes with NumPy and brings the result back to the device of its argument.
"""

import torch


def scaled_difference(a, b, scale):
    result = (a.cpu().numpy() - b.cpu().numpy()) * scale
    return torch.as_tensor(result, dtype=a.dtype, device=a.device)
