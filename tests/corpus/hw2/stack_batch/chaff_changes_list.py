"""expect: arguments unchanged failed

Replaces the entries of the caller's list.
"""

import torch


def stack_batch(tensors):
    if not tensors:
        raise ValueError("empty list")
    for i in range(len(tensors)):
        tensors[i] = tensors[i].unsqueeze(0)
    return torch.cat(tensors)
