"""expect: property rolls do not depend on each other failed

Takes the remainders of shuffled numbers, which never repeat in a short run.
"""

import torch


def roll_dice(count, sides, seed):
    generator = torch.Generator().manual_seed(seed)
    return torch.randperm(count, generator=generator) % sides + 1
