"""expect: property every face is as likely failed

Rolls from 1 to `sides - 1`, because the end of `randint` is excluded.
"""

import torch


def roll_dice(count, sides, seed):
    if sides == 1:
        return torch.ones(count, dtype=torch.int64)
    generator = torch.Generator().manual_seed(seed)
    return torch.randint(1, sides, (count,), generator=generator)
