"""expect: property rolls stay on the die failed

Rolls from 0 to `sides - 1`.
"""

import torch


def roll_dice(count, sides, seed):
    generator = torch.Generator().manual_seed(seed)
    return torch.randint(0, sides, (count,), generator=generator)
