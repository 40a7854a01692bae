"""expect: property rolls do not depend on each other failed

Sorts the rolls.
"""

import torch


def roll_dice(count, sides, seed):
    generator = torch.Generator().manual_seed(seed)
    return torch.randint(1, sides + 1, (count,), generator=generator).sort().values
