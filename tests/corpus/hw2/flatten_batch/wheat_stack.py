"""expect: passed

Flattens item by item and stacks, with an own answer for an empty batch.
"""

import math

import torch


def flatten_batch(x):
    if len(x) == 0:
        return x.reshape(0, math.prod(x.shape[1:]))
    return torch.stack([item.reshape(-1) for item in x])
