"""expect: values failed

Is off by one and leaves the last entry zero.
"""

import torch


def stack_batch(tensors):
    if not tensors:
        raise ValueError("empty list")
    out = torch.stack([torch.zeros_like(t) for t in tensors])
    for i in range(len(tensors) - 1):
        out[i] = tensors[i]
    return out
