"""expect: dtype failed

Leaves the faces as floats.
"""

import torch


def roll_dice(count, sides, seed):
    generator = torch.Generator().manual_seed(seed)
    return (torch.rand(count, generator=generator) * sides).floor() + 1
