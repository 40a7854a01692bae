"""expect: values failed

Draws once for nothing before the draw that counts.
"""

import torch


def seeded_normal(shape, seed):
    generator = torch.Generator().manual_seed(seed)
    torch.randn(shape, generator=generator)
    return torch.randn(shape, generator=generator)
