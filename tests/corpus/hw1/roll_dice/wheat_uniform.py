"""expect: passed

Stretches uniform samples and cuts the fraction off.
"""

import torch


def roll_dice(count, sides, seed):
    generator = torch.Generator().manual_seed(seed)
    u = torch.rand(count, generator=generator, dtype=torch.float64)
    return (u * sides).long() + 1
