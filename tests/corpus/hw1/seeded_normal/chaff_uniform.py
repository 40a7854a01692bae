"""expect: values failed

Draws uniform samples.
"""

import torch


def seeded_normal(shape, seed):
    generator = torch.Generator().manual_seed(seed)
    return torch.rand(shape, generator=generator)
