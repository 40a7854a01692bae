"""expect: passed

Names the mean and the deviation.
"""

import torch


def seeded_normal(shape, seed):
    generator = torch.Generator()
    generator.manual_seed(seed)
    return torch.normal(0.0, 1.0, size=shape, generator=generator)
