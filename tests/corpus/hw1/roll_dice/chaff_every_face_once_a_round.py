"""expect: property rolls do not depend on each other failed

Rolls every face once before any comes again.
"""

import torch


def roll_dice(count, sides, seed):
    generator = torch.Generator().manual_seed(seed)
    rounds = [torch.randperm(sides, generator=generator) + 1 for _ in range(count // sides + 1)]
    return torch.cat(rounds)[:count]
