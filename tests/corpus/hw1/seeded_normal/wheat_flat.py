"""expect: passed

Draws all numbers in one dim and folds them.
"""

import math

import torch


def seeded_normal(shape, seed):
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(math.prod(shape), generator=generator).reshape(shape)
