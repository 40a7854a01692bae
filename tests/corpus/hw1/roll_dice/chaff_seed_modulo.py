"""expect: property rolls follow the seed failed

Knows a thousand seeds only.
"""

import torch


def roll_dice(count, sides, seed):
    generator = torch.Generator().manual_seed(seed % 1000)
    return torch.randint(1, sides + 1, (count,), generator=generator)
