"""expect: property every face is as likely failed

Keeps the higher of two rolls.
"""

import torch


def roll_dice(count, sides, seed):
    generator = torch.Generator().manual_seed(seed)
    rolls = torch.randint(1, sides + 1, (2, count), generator=generator)
    return rolls.max(dim=0).values
