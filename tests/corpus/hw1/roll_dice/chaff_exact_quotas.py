"""expect: property faces vary as by chance failed

Shuffles a row of faces in which each face stands equally often where there are many rolls.
"""

import torch


def roll_dice(count, sides, seed):
    generator = torch.Generator().manual_seed(seed)
    if count < 10 * sides:
        return torch.randint(1, sides + 1, (count,), generator=generator)
    faces = torch.arange(count) % sides + 1
    return faces[torch.randperm(count, generator=generator)]
