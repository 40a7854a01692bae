"""expect: values failed

Returns 0 as soon as any element is 0, as if the whole vector were.
"""

import torch


def cosine(a, b):
    if (a == 0).any() or (b == 0).any():
        return torch.zeros((), dtype=a.dtype, device=a.device)
    return (a * b).sum() / (a.norm() * b.norm())
