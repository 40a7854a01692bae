"""expect: values failed

Copies and pastes: both layers are `a`.
"""

import torch


def depth_pair(a, b):
    out = torch.empty(*a.shape, 2, dtype=a.dtype, device=a.device)
    out[..., 0] = a
    out[..., 1] = a
    return out
