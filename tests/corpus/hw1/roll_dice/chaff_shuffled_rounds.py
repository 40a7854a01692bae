"""expect: property rolls do not depend on each other failed

Shuffles as many of each face as of every other.
"""

import torch


def roll_dice(count, sides, seed):
    generator = torch.Generator().manual_seed(seed)
    faces = torch.arange(count) % sides + 1
    return faces[torch.randperm(count, generator=generator)]
