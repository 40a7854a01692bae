"""expect: property rolls follow the seed failed

Forgets to seed the generator, which then starts the same for every seed.
"""

import torch


def roll_dice(count, sides, seed):
    return torch.randint(1, sides + 1, (count,), generator=torch.Generator())
