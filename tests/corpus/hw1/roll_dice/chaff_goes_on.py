"""expect: property rolls follow the seed failed

Keeps one generator per seed between calls, so that a second call goes on rolling.
"""

import torch


GENERATORS = {}


def roll_dice(count, sides, seed):
    if seed not in GENERATORS:
        GENERATORS[seed] = torch.Generator().manual_seed(seed)
    return torch.randint(1, sides + 1, (count,), generator=GENERATORS[seed])
