"""expect: dtype failed

Rolls int32.
"""

import torch


def roll_dice(count, sides, seed):
    generator = torch.Generator().manual_seed(seed)
    return torch.randint(1, sides + 1, (count,), generator=generator, dtype=torch.int32)
