"""expect: property rolls stay on the die failed

Rolls from 0 to `sides`, one face too many.
"""

import torch


def roll_dice(count, sides, seed):
    generator = torch.Generator().manual_seed(seed)
    return torch.randint(sides + 1, (count,), generator=generator)
