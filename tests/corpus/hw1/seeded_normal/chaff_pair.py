"""expect: type failed

Returns the generator as well.
"""

import torch


def seeded_normal(shape, seed):
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(shape, generator=generator), generator
