"""expect: property rolls do not depend on each other failed

Always begins with 1.
"""

import torch


def roll_dice(count, sides, seed):
    generator = torch.Generator().manual_seed(seed)
    rolls = torch.randint(1, sides + 1, (count,), generator=generator)
    rolls[:1] = 1
    return rolls
