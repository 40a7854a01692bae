"""expect: passed

Gives every tensor a batch dim and joins.
"""

import torch


def stack_batch(tensors):
    if len(tensors) == 0:
        raise ValueError("empty list")
    return torch.cat([tensor[None] for tensor in tensors])
