"""expect: values failed

Is off by one in the seed.
"""

import torch


def seeded_normal(shape, seed):
    generator = torch.Generator().manual_seed(seed + 1)
    return torch.randn(shape, generator=generator)
