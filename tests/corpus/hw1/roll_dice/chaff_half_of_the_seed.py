"""expect: property rolls follow the seed failed

Gives the same rolls for two neighbouring seeds.
"""

import torch


def roll_dice(count, sides, seed):
    generator = torch.Generator().manual_seed(seed // 2)
    return torch.randint(1, sides + 1, (count,), generator=generator)
